package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Dot;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.page.AnnotatorView.Funnel;
import dev.crowdlab.report.page.AnnotatorView.Label;
import dev.crowdlab.report.page.AnnotatorView.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws quality against number of labels: who differs from the team by more than chance, which a ranking does not show. */
final class FunnelPicture {

    static final double LEFT = 40;
    static final double RIGHT = 588;
    static final double TOP = 28;
    static final double BOTTOM = 316;

    /** Of a 90 % interval. */
    private static final double Z = 1.6448536269514722;

    private static final int BAND_POINTS = 60;
    private static final int NAMED = 6;
    private static final double[] STEPS = {1, 2, 5};

    private final Context context;
    private final AnnotatorFigures annotators;

    /** The committee's intervals are not of chance alone, so that no band can tell who is outside. */
    private final boolean hasBand;

    private final long most;
    private final Scale across;
    private final Scale up = Scale.linear(0, 1, BOTTOM, TOP);

    FunnelPicture(Context context) {
        this.context = context;
        annotators = context.figures().annotators();
        hasBand = !context.figures().consensus().areProbabilities();
        most = annotators.dots().stream().mapToLong(Dot::labels).max().orElse(1);
        across = Scale.logarithmic(most * 1.1, LEFT + 6, RIGHT - 10);
    }

    Funnel funnel(String finding) {
        return new Funnel(
                finding,
                "Each mark is an annotator: further right with more labels, higher with better quality. "
                        + (hasBand
                                ? "Marks outside the shaded funnel differ from the middle of the team by more than chance. "
                                : "")
                        + "The table has the numbers.",
                ticksAcross(),
                ticksUp(),
                Svg.number(up.at(annotators.middle())),
                "middle of the team " + Numbers.score(annotators.middle()),
                hasBand ? band() : "",
                marks(),
                labels(),
                reading());
    }

    private List<Tick> ticksAcross() {
        List<Tick> ticks = new ArrayList<>();
        for (double power = 1; power <= most; power *= 10) {
            for (double step : STEPS) {
                if (power * step <= most * 1.1) {
                    ticks.add(new Tick(Svg.number(across.at(power * step)), Numbers.count((long) (power * step))));
                }
            }
        }
        return ticks;
    }

    private List<Tick> ticksUp() {
        List<Tick> ticks = new ArrayList<>();
        for (double value = 0; value <= 1; value += 0.25) {
            ticks.add(new Tick(Svg.number(up.at(value)), Numbers.score(value)));
        }
        return ticks;
    }

    private String band() {
        StringBuilder path = new StringBuilder();
        double middle = annotators.middle();
        for (int side = 1; side >= -1; side -= 2) {
            for (int i = 0; i <= BAND_POINTS; i++) {
                double place = side > 0 ? (double) i / BAND_POINTS : 1 - (double) i / BAND_POINTS;
                double labels = StrictMath.exp(place * StrictMath.log(most * 1.1));
                double reach = Z * Math.sqrt(middle * (1 - middle) / labels);
                double edge = Math.max(0, Math.min(1, middle + side * reach));
                path.append(path.isEmpty() ? "M" : "L").append(Svg.point(across.at(labels), up.at(edge)));
            }
        }
        return path.append("Z").toString();
    }

    private List<Mark> marks() {
        return annotators.dots().stream()
                .sorted(Comparator.comparing((Dot dot) -> order(dot.group()))
                        .thenComparing(Comparator.comparingLong(Dot::labels).reversed()))
                .map(dot -> mark(dot.group(), across.at((double) dot.labels()), up.at(dot.quality())))
                .toList();
    }

    private static int order(Group group) {
        return group == Group.FEW ? 0 : group == Group.BELOW ? 2 : 1;
    }

    static Mark mark(Group group, double x, double y) {
        return new Mark(kind(group), Svg.number(x), Svg.number(y), group == Group.BELOW ? triangle(x, y) : "");
    }

    static String kind(Group group) {
        return group == Group.FEW ? "few" : group == Group.BELOW ? "below" : "fine";
    }

    /** Points down. */
    static String triangle(double x, double y) {
        return "M" + Svg.point(x - 5, y - 3.5) + "L" + Svg.point(x + 5, y - 3.5) + "L" + Svg.point(x, y + 5) + "Z";
    }

    private List<Label> labels() {
        Set<String> wanted = new LinkedHashSet<>();
        AnnotatorOrder.of(Group.BELOW, annotators).stream()
                .limit(NAMED)
                .map(Row::id)
                .forEach(wanted::add);
        annotators.dots().stream().findFirst().map(Dot::id).ifPresent(wanted::add);
        Map<String, Dot> dots = new LinkedHashMap<>();
        annotators.dots().forEach(dot -> dots.put(dot.id(), dot));
        LabelPlaces places = new LabelPlaces(LEFT, RIGHT, TOP, BOTTOM);
        annotators.dots().forEach(dot -> places.keepFree(across.at((double) dot.labels()), up.at(dot.quality())));
        List<Label> labels = new ArrayList<>();
        for (String id : wanted) {
            Dot dot = dots.get(id);
            if (dot != null) {
                Shown name = context.annotators().inHeading(id);
                places.place(
                                across.at((double) dot.labels()),
                                up.at(dot.quality()),
                                name.plain().length())
                        .ifPresent(place -> labels.add(new Label(
                                kind(dot.group()),
                                Svg.number(place.x()),
                                Svg.number(place.y()),
                                place.anchor(),
                                place.line(),
                                name)));
            }
        }
        return labels;
    }

    private String byChance() {
        return annotators.belowByChance() == 0 ? " hardly one" : " about " + Numbers.count(annotators.belowByChance());
    }

    private List<Prose> reading() {
        List<Prose> reading = new ArrayList<>();
        if (hasBand) {
            addChance(reading);
        } else {
            reading.add(Prose.of(
                    "The whole 90\u202f% interval of a triangle lies below the middle of the team. The intervals, in"
                            + " the table, also count how far the committee’s estimates were off on public datasets: they stay wide"
                            + " however many labels there are, so only those far from the middle are told apart."));
        }
        long left = annotators.count() - annotators.dots().size();
        if (left > 0) {
            reading.add(Prose.of(Words.count(left, "annotator is", "annotators are") + " not drawn"
                    + (annotators.count() > AnnotatorFigures.MAX_DOTS
                            ? ": those with fewest labels."
                            : ": no quality is known.")));
        }
        return reading;
    }

    private void addChance(List<Prose> reading) {
        reading.add(Prose.of(
                "A triangle below the shaded funnel differs from the middle of the team by more than chance. Of "
                        + Words.annotators(annotators.judged()) + byChance()
                        + " would be below it by chance alone, so look at their labels before you talk to them."));
        reading.add(Prose.of("To the left, with few labels, chance explains almost everything."));
    }
}
