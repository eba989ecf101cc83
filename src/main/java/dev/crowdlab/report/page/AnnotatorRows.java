package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.page.AnnotatorView.Bar;
import dev.crowdlab.report.page.AnnotatorView.Quality;
import dev.crowdlab.report.page.AnnotatorView.Value;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Sparkline;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rows of the table of annotators: what is in each cell. */
final class AnnotatorRows {

    private static final double MIDDLE = 10;
    private static final double SPARK_WIDTH = 64;
    private static final double SPARK_HEIGHT = 22;
    private static final double MIN_SPAN = 0.1;
    private static final double SMALL_WEIGHT = 0.01;

    private final Context context;
    private final AnnotatorFigures annotators;
    private final List<AnnotatorScore> scores;
    private final Scale scale;
    private final double span;
    private final boolean hasRoom;

    /**
     * @param scores those that have a column
     * @param scale of the bars
     * @param hasRoom whether there is room for long names of classes
     */
    AnnotatorRows(Context context, List<AnnotatorScore> scores, Scale scale, boolean hasRoom) {
        this.hasRoom = hasRoom;
        this.context = context;
        this.scores = scores;
        this.scale = scale;
        annotators = context.figures().annotators();
        span = annotators.rows().stream()
                .mapToDouble(row -> Sparkline.span(row.history()))
                .max()
                .orElse(0);
    }

    /** Returns the rows of one group, in their order. */
    List<AnnotatorView.Row> of(List<Row> rows) {
        List<AnnotatorView.Row> views = new ArrayList<>();
        for (Row row : rows) {
            views.add(row(row, views.size()));
        }
        return views;
    }

    private AnnotatorView.Row row(Row row, int place) {
        return new AnnotatorView.Row(
                place,
                context.annotators().inTable(row.id()),
                title(row.id()),
                flag(row.id()),
                quality(row),
                new Value(Numbers.count(row.labels()), String.valueOf(row.labels())),
                scores.stream()
                        .map(score -> new Value(score.text(row), sort(score.of(row))))
                        .toList(),
                gold(row),
                goldInterval(row),
                row.group().isCompared() && annotators.isByGold(row),
                weight(row),
                mixUp(row),
                Sparkline.centered(row.history(), SPARK_WIDTH, SPARK_HEIGHT, Math.max(MIN_SPAN, span))
                        .orElse(null),
                since(row));
    }

    private @Nullable String title(String annotator) {
        String whole = context.annotators().inSentence(annotator).plain();
        return whole.equals(context.annotators().inTable(annotator).plain()) ? null : whole;
    }

    /** How the annotator has changed, and which class is given nearly always. */
    private Prose flag(String annotator) {
        Prose.Builder flag = Prose.begin();
        context.figures().periods().drops().stream()
                .filter(drop -> drop.annotator().equals(annotator))
                .forEach(drop -> flag.text(Numbers.percent(drop.before()) + " before, " + Numbers.percent(drop.now())
                        + " since " + context.dates().shortDay(drop.since()) + ". "));
        context.figures().pairs().oneClass().stream()
                .filter(one -> one.annotator().equals(annotator))
                .forEach(one -> flag.quoted(context.classes().inCell(one.label()), false)
                        .text(" in " + Numbers.finePercent(one.given(), one.labels())));
        return flag.end();
    }

    private static Value value(double score) {
        return new Value(Numbers.score(score), sort(score));
    }

    private static String sort(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }

    private Quality quality(Row row) {
        Interval quality = row.quality();
        if (Double.isNaN(quality.value())) {
            return new Quality(new Value(Numbers.NONE, ""), row.reason(), null);
        }
        return new Quality(
                value(quality.value()),
                "interval " + Numbers.score(quality.lower()) + " to " + Numbers.score(quality.upper()),
                new Bar(
                        FunnelPicture.kind(row.group()),
                        Svg.number(scale.at(quality.lower())),
                        Svg.number(scale.at(quality.upper())),
                        Svg.number(scale.at(quality.value())),
                        FunnelPicture.path(row.group(), scale.at(quality.value()), MIDDLE),
                        annotators.hasMiddle() ? Svg.number(scale.at(annotators.middle())) : ""));
    }

    private static Value gold(Row row) {
        return row.gold().labels() == 0
                ? new Value(Numbers.NONE, "")
                : new Value(
                        Numbers.score(row.gold().accuracy().value()) + " of\u00a0"
                                + Numbers.count(row.gold().labels()),
                        sort(row.gold().accuracy().value()));
    }

    private static String goldInterval(Row row) {
        Interval accuracy = row.gold().accuracy();
        return row.gold().labels() == 0
                ? ""
                : "interval " + Numbers.score(accuracy.lower()) + " to " + Numbers.score(accuracy.upper());
    }

    private static Value weight(Row row) {
        if (row.isLeast()) {
            return new Value("least", sort(row.weight()));
        }
        return new Value(row.weight() < SMALL_WEIGHT ? "under 0.01" : Numbers.score(row.weight()), sort(row.weight()));
    }

    /** Whether a mix-up of the annotator is more than an accident. */
    static boolean isMixUpShown(Row row) {
        return row.mixUp().filter(mixUp -> mixUp.count() > 1).isPresent();
    }

    private Prose mixUp(Row row) {
        return row.mixUp()
                .filter(mixUp -> isMixUpShown(row))
                .map(mixUp -> Prose.begin()
                        .boldId(name(mixUp.given()))
                        .text(" for ")
                        .id(name(mixUp.consensus()))
                        .text(", " + Numbers.count(mixUp.count()) + "×")
                        .end())
                .orElse(Prose.of(Numbers.NONE));
    }

    private Shown name(String of) {
        return hasRoom ? context.classes().inCell(of) : context.classes().inHeading(of);
    }

    private String since(Row row) {
        if (row.first().isEmpty() || row.last().isEmpty()) {
            return Numbers.NONE;
        }
        String from = context.dates().shortDay(row.first().get());
        String to = context.dates().shortDay(row.last().get());
        return from.equals(to) ? from : from + "\u00a0– " + to;
    }
}
