package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Dot;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.page.AnnotatorView.Funnel;
import dev.crowdlab.report.page.AnnotatorView.Label;
import dev.crowdlab.report.page.AnnotatorView.Mark;
import dev.crowdlab.report.picture.LabelPlaces;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Draws quality against number of labels: who differs from the team by more than chance, which a ranking does not show. */
public final class FunnelPicture {

    static final double LEFT = 40;
    static final double RIGHT = 588;
    static final double TOP = 28;
    static final double BOTTOM = 316;

    /** Of 99.8 %, and of a 90 % interval. */
    private static final double[] Z = {3.090232306167813, 1.6448536269514722};

    private static final int BAND_POINTS = 60;
    private static final int NAMED = 8;
    private static final int NAMED_OF_GROUP = 4;
    private static final double[] STEPS = {1, 2, 5};

    private final Context context;
    private final AnnotatorFigures annotators;

    /** The committee's intervals are not of chance alone, so that no band can tell who is outside. */
    private final boolean hasBand;

    private final long most;
    private final double first;
    private final Scale across;
    private final Scale up = Scale.linear(0, 1, BOTTOM, TOP);

    public FunnelPicture(Context context) {
        this.context = context;
        annotators = context.figures().annotators();
        hasBand = !context.figures().consensus().areOfCommittee();
        most = annotators.dots().stream().mapToLong(Dot::labels).max().orElse(1);
        first = first(annotators.dots().stream().mapToLong(Dot::labels).min().orElse(1));
        across = Scale.logarithmic(first, most * 1.1, LEFT + 6, RIGHT - 10);
    }

    /** The last tick up to the fewest labels, and well below the most. */
    private double first(long fewest) {
        double first = 1;
        for (double power = 1; power <= fewest; power *= 10) {
            for (double step : STEPS) {
                first = power * step <= fewest && power * step * 2 <= most ? power * step : first;
            }
        }
        return first;
    }

    public Funnel funnel(String finding) {
        return new Funnel(
                finding,
                "Each mark is an annotator: further right with more labels, higher with better quality. "
                        + (hasBand
                                ? "Marks outside the inner funnel differ from the middle of the team by more than chance. "
                                : "")
                        + "The table has the numbers.",
                ticksAcross(),
                ticksUp(),
                Svg.number(up.at(annotators.middle())),
                "middle of the team " + Numbers.score(annotators.middle()),
                hasBand ? Arrays.stream(Z).mapToObj(this::band).toList() : List.of(),
                marks(),
                labels(),
                reading());
    }

    private List<Tick> ticksAcross() {
        List<Tick> ticks = new ArrayList<>();
        for (double power = 1; power <= most; power *= 10) {
            for (double step : STEPS) {
                if (power * step >= first && power * step <= most * 1.1) {
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

    private String band(double z) {
        StringBuilder path = new StringBuilder();
        double middle = annotators.middle();
        for (int side = 1; side >= -1; side -= 2) {
            for (int i = 0; i <= BAND_POINTS; i++) {
                double place = side > 0 ? (double) i / BAND_POINTS : 1 - (double) i / BAND_POINTS;
                double labels = first * StrictMath.exp(place * StrictMath.log(most * 1.1 / first));
                double reach = z * Math.sqrt(middle * (1 - middle) / labels);
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
        return group == Group.FEW ? 0 : group.isToTalkTo() ? 2 : 1;
    }

    static Mark mark(Group group, double x, double y) {
        return new Mark(kind(group), Svg.number(x), Svg.number(y), path(group, x, y));
    }

    static String kind(Group group) {
        return switch (group) {
            case DRIFTING -> "drifting";
            case ONE_CLASS -> "one-class";
            case BELOW -> "below";
            case IN_LINE, ABOVE -> "fine";
            case FEW -> "few";
        };
    }

    /** The shape of a mark; empty: a circle. */
    static String path(Group group, double x, double y) {
        return switch (group) {
            case DRIFTING -> diamond(x, y);
            case ONE_CLASS -> square(x, y);
            case BELOW -> triangle(x, y - 0.7);
            case IN_LINE, ABOVE, FEW -> "";
        };
    }

    private static String diamond(double x, double y) {
        return "M" + Svg.point(x, y - 5.5) + "L" + Svg.point(x + 5.5, y) + "L" + Svg.point(x, y + 5.5) + "L"
                + Svg.point(x - 5.5, y) + "Z";
    }

    private static String square(double x, double y) {
        return "M" + Svg.point(x - 4, y - 4) + "H" + Svg.number(x + 4) + "V" + Svg.number(y + 4) + "H"
                + Svg.number(x - 4) + "Z";
    }

    /** Points down. */
    static String triangle(double x, double y) {
        return "M" + Svg.point(x - 5, y - 3.5) + "L" + Svg.point(x + 5, y - 3.5) + "L" + Svg.point(x, y + 5) + "Z";
    }

    private List<Label> labels() {
        Set<String> wanted = new LinkedHashSet<>();
        Stream.of(Group.values())
                .filter(Group::isToTalkTo)
                .flatMap(group -> AnnotatorOrder.of(group, annotators).stream().limit(NAMED_OF_GROUP))
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

    private List<Prose> reading() {
        List<Prose> reading = new ArrayList<>();
        if (hasBand) {
            addChance(reading);
        } else {
            reading.add(Prose.of(
                    "The 90\u202f% intervals, in the table, also count how far the committee’s estimates were off on public"
                            + " datasets: they stay wide however many labels there are, so only those far from the middle are told"
                            + " apart by them."));
        }
        if (annotators.byGold() > 0) {
            reading.add(Prose.of(Words.count(annotators.byGold(), "annotator is", "annotators are")
                    + " compared by gold instead, so a triangle may lie near the middle, and a dot far below it."));
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
        long byChance = annotators.belowByChance();
        reading.add(Prose.of("A triangle lies below the inner funnel. If all were equally good, chance would put "
                + (byChance == 0 ? "hardly one" : "about " + Numbers.count(byChance)) + " of "
                + Words.annotators(annotators.judged())
                + " there, and hardly anybody below the outer one: look at their labels before you talk to them."));
        if (first < AnnotatorFigures.ENOUGH) {
            reading.add(Prose.of("To the left, with few labels, chance explains almost everything."));
        }
    }
}
