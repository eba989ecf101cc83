package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.page.AnnotatorView.Bar;
import dev.crowdlab.report.page.AnnotatorView.Columns;
import dev.crowdlab.report.page.AnnotatorView.Quality;
import dev.crowdlab.report.page.AnnotatorView.Table;
import dev.crowdlab.report.page.AnnotatorView.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The table of annotators. */
final class AnnotatorTable {

    /** How many rows of a group are printed. */
    static final int MAX_IN_PRINT = 40;

    private static final int BAR_WIDTH = 120;
    private static final int NARROW_BAR_WIDTH = 72;

    private static final double TRIANGLE_MIDDLE = 8.6;
    private static final double PAD = 6;
    private static final double SPARK_WIDTH = 64;
    private static final double SPARK_HEIGHT = 22;
    private static final double MIN_SPAN = 0.1;
    private static final double SMALL_WEIGHT = 0.01;

    private final Context context;
    private final AnnotatorFigures annotators;
    private final double greatest;
    private final double span;
    private final List<Score> scores;
    private final Columns columns;
    private final int barWidth;
    private final Scale scale;

    /** What an annotator agrees with. */
    private enum Score {
        WITH_OTHERS("With others") {
            @Override
            double of(Row row) {
                return row.isImputed() ? Double.NaN : row.withOthers();
            }
        },
        WITH_CONSENSUS("With consensus") {
            @Override
            double of(Row row) {
                return row.withConsensus();
            }
        },
        WITH_MODEL("With model") {
            @Override
            double of(Row row) {
                return row.withModel();
            }
        };

        private final String heading;

        Score(String heading) {
            this.heading = heading;
        }

        abstract double of(Row row);
    }

    AnnotatorTable(Context context) {
        this.context = context;
        annotators = context.figures().annotators();
        double most = annotators.rows().stream()
                .mapToDouble(row -> row.quality().upper())
                .filter(upper -> !Double.isNaN(upper))
                .max()
                .orElse(1);
        greatest = Math.min(1, Math.ceil(most * 10 - 1e-9) / 10);
        span = annotators.rows().stream()
                .mapToDouble(row -> Sparkline.span(row.history()))
                .max()
                .orElse(0);
        scores = Arrays.stream(Score.values())
                .filter(score -> annotators.rows().stream().anyMatch(row -> !Double.isNaN(score.of(row))))
                .toList();
        columns = new Columns(
                annotators.rows().stream().anyMatch(row -> row.gold().labels() > 0),
                annotators.rows().stream().anyMatch(row -> !Double.isNaN(row.weight())),
                annotators.rows().stream().anyMatch(row -> isMixUpShown(row)),
                annotators.rows().stream()
                        .anyMatch(row -> row.first().isPresent() && row.last().isPresent()),
                annotators.runs().size());
        barWidth = columns.areMany() ? NARROW_BAR_WIDTH : BAR_WIDTH;
        scale = Scale.linear(0, greatest, PAD, barWidth - PAD);
    }

    Table table() {
        long left = annotators.count() - annotators.rows().size();
        return new Table(
                caption(),
                scores.stream().map(score -> score.heading).toList(),
                columns,
                barWidth,
                groups(),
                left == 0
                        ? Prose.NONE
                        : Prose.of(Words.count(left, "more annotator", "more annotators") + " with fewer labels: "),
                left == 0 ? "" : context.from("annotator_stats") + " order by num_examples_labeled desc");
    }

    private Prose caption() {
        String order = annotators.hasMiddle()
                ? "Largest effect first: how far the interval lies below the middle, times labels. "
                : "Lowest quality first. ";
        String upright = annotators.hasMiddle() ? ", the upright line is the middle of the team" : "";
        String gold =
                columns.hasGold() ? " Gold: how often labels are right, of how many whose right label is known." : "";
        return Prose.of(order
                + "Bars are 90 % intervals and run from 0 to ".replace(" %", "\u202f%")
                + Numbers.shortScore(greatest)
                + upright
                + (context.figures().consensus().areProbabilities()
                        ? ". Scores are probabilities, as the method committee estimates them."
                        : ". Scores rank within this dataset; they are not probabilities.")
                + (annotators.rows().stream().anyMatch(Row::isLeast)
                        ? " Weight “least”: agrees with the others no better than always giving the most frequent class"
                                + " would, so the weight is the smallest allowed."
                        : "")
                + gold);
    }

    private List<AnnotatorView.Group> groups() {
        if (!annotators.hasMiddle()) {
            List<Row> rows = annotators.rows().stream()
                    .sorted(Comparator.comparingDouble((Row row) -> unknownLast(row.quality()))
                            .thenComparing(Row::id))
                    .toList();
            return List.of(new AnnotatorView.Group(
                    "All annotators", "too few to say who is in line", rows(rows), inPrint(rows.size())));
        }
        List<AnnotatorView.Group> groups = new ArrayList<>();
        for (Group group : Group.values()) {
            List<Row> rows = AnnotatorOrder.of(group, annotators);
            if (!rows.isEmpty() || group == Group.BELOW) {
                groups.add(new AnnotatorView.Group(
                        name(group), note(group, rows.size()), rows(rows), inPrint(rows.size())));
            }
        }
        return groups;
    }

    private static double unknownLast(Interval quality) {
        return Double.isNaN(quality.value()) ? Double.MAX_VALUE : quality.value();
    }

    private static String inPrint(int rows) {
        return rows <= MAX_IN_PRINT ? "" : "the file has " + Numbers.count(rows);
    }

    private static String name(Group group) {
        return switch (group) {
            case BELOW -> "Clearly below the middle";
            case IN_LINE -> "In line";
            case ABOVE -> "Clearly above";
            case FEW -> "Too few labels to say";
        };
    }

    private String note(Group group, int shown) {
        long count = annotators.size(group).annotators();
        String size = shown < count
                ? Numbers.count(shown) + " of " + Words.annotators(count) + " listed, those with most labels"
                : Words.annotators(count);
        return switch (group) {
            case BELOW -> count == 0 ? "nobody" : size + ", whole interval below " + Numbers.score(annotators.middle());
            case IN_LINE -> size;
            case ABOVE -> size + ", whole interval above " + Numbers.score(annotators.middle());
            case FEW -> size + ", fewer than " + AnnotatorFigures.ENOUGH + " labels";
        };
    }

    private List<AnnotatorView.Row> rows(List<Row> rows) {
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
                quality(row),
                new Value(Numbers.count(row.labels()), String.valueOf(row.labels())),
                scores.stream().map(score -> value(score.of(row))).toList(),
                gold(row),
                goldInterval(row),
                weight(row),
                mixUp(row),
                Sparkline.centered(row.history(), SPARK_WIDTH, SPARK_HEIGHT, Math.max(MIN_SPAN, span))
                        .orElse(null),
                since(row));
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
                        FunnelPicture.triangle(scale.at(quality.value()), TRIANGLE_MIDDLE),
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

    private static boolean isMixUpShown(Row row) {
        return row.mixUp().filter(mixUp -> mixUp.count() > 1).isPresent();
    }

    private Prose mixUp(Row row) {
        return row.mixUp()
                .filter(mixUp -> isMixUpShown(row))
                .map(mixUp -> Prose.begin()
                        .boldId(context.classes().inHeading(mixUp.given()))
                        .text(" for ")
                        .id(context.classes().inHeading(mixUp.consensus()))
                        .text(", " + Numbers.count(mixUp.count()) + "×")
                        .end())
                .orElse(Prose.of(Numbers.NONE));
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
