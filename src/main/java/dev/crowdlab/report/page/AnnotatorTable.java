package dev.crowdlab.report.page;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.page.AnnotatorView.Columns;
import dev.crowdlab.report.page.AnnotatorView.Table;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.NaturalOrder;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The table of annotators. */
final class AnnotatorTable {

    /** How many rows of those to talk to are printed. */
    private static final int MAX_IN_PRINT = 40;

    /** How many rows of the others are shown at first. */
    private static final int MAX_UNREMARKABLE = 20;

    private static final int BAR_WIDTH = 120;
    private static final int MIDDLE_BAR_WIDTH = 88;
    private static final int NARROW_BAR_WIDTH = 72;

    private static final double PAD = 6;

    private final Context context;
    private final AnnotatorFigures annotators;
    private final double greatest;
    private final List<AnnotatorScore> scores;
    private final Columns columns;
    private final int barWidth;
    private final AnnotatorRows rowViews;

    AnnotatorTable(Context context) {
        this.context = context;
        annotators = context.figures().annotators();
        double most = annotators.rows().stream()
                .mapToDouble(row -> row.quality().upper())
                .filter(upper -> !Double.isNaN(upper))
                .max()
                .orElse(1);
        greatest = Math.min(1, Math.ceil(most * 10 - 1e-9) / 10);
        scores = Arrays.stream(AnnotatorScore.values())
                .filter(score -> annotators.rows().stream().anyMatch(row -> !Double.isNaN(score.of(row))))
                .toList();
        columns = new Columns(
                annotators.rows().stream().anyMatch(row -> row.gold().labels() > 0),
                annotators.rows().stream().anyMatch(row -> !Double.isNaN(row.weight())),
                annotators.rows().stream().anyMatch(AnnotatorRows::isMixUpShown),
                annotators.rows().stream()
                        .anyMatch(row -> row.first().isPresent() && row.last().isPresent()),
                annotators.runs().size());
        barWidth = columns.areMany() ? NARROW_BAR_WIDTH : columns.hasTimes() ? MIDDLE_BAR_WIDTH : BAR_WIDTH;
        rowViews =
                new AnnotatorRows(context, scores, Scale.linear(0, greatest, PAD, barWidth - PAD), columns.hasRoom());
    }

    Table table() {
        long left = annotators.count() - annotators.rows().size();
        return new Table(
                caption(),
                scores.stream().map(AnnotatorScore::heading).toList(),
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
        String gold = columns.hasGold()
                ? " Gold: how often labels are right, and for how many the right label is known"
                        + (annotators.byGold() == 0
                                ? "."
                                : "; in bold where it decides the group, which it does from " + AnnotatorFigures.ENOUGH
                                        + " on.")
                : "";
        return Prose.of(order
                + "Bars are 90 % intervals and run from 0 to ".replace(" %", "\u202f%")
                + Numbers.shortScore(greatest)
                + upright
                + (context.figures().consensus().areProbabilities()
                        ? ". Scores are probabilities, as the method committee estimates them."
                        : ". Scores rank within this dataset; neither they nor their intervals say how often an annotator is"
                                + " right.")
                + (annotators.rows().stream().anyMatch(Row::isLeast)
                        ? " Weight “least”: agrees with the others no better than always giving the most frequent class"
                                + " would, so the weight is the smallest allowed."
                        : "")
                + gold
                + (scores.contains(AnnotatorScore.ABOVE_CONSENSUS)
                        ? " Above consensus: by how much labels are above the consensus on average, below 0 for who grades"
                                + " too low, with half a 90 % interval.".replace(" %", "\u202f%")
                        : "")
                + context.annotators().leftOut());
    }

    private List<AnnotatorView.Group> groups() {
        List<AnnotatorView.Group> groups = new ArrayList<>();
        for (Group group : Group.values()) {
            List<Row> rows = AnnotatorOrder.of(group, annotators);
            if (!annotators.hasMiddle() && group == Group.FEW) {
                groups.add(all(rows, groups.isEmpty()));
            } else if (!rows.isEmpty() || (group == Group.BELOW && annotators.hasMiddle())) {
                groups.add(new AnnotatorView.Group(
                        name(group),
                        note(group, rows.size()),
                        rowViews.of(rows),
                        group.isToTalkTo() ? MAX_IN_PRINT : MAX_UNREMARKABLE,
                        !group.isToTalkTo()));
            }
        }
        return groups;
    }

    /** Those of a team without a middle. */
    private AnnotatorView.Group all(List<Row> rows, boolean areAll) {
        List<Row> sorted = rows.stream()
                .sorted(Comparator.comparingDouble((Row row) -> unknownLast(row.quality()))
                        .thenComparing(Row::id, NaturalOrder.comparator()))
                .toList();
        return new AnnotatorView.Group(
                areAll ? "All annotators" : "All others",
                "too few to judge who is in line",
                rowViews.of(sorted),
                MAX_UNREMARKABLE,
                true);
    }

    private static double unknownLast(Interval quality) {
        return Double.isNaN(quality.value()) ? Double.MAX_VALUE : quality.value();
    }

    private static String name(Group group) {
        return switch (group) {
            case DRIFTING -> "Drifting";
            case ONE_CLASS -> "One class nearly always";
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
            case DRIFTING -> size + ", agreeing less with the consensus than before";
            case ONE_CLASS -> size + ", whatever the example is";
            case BELOW -> count == 0 ? "nobody" : size + ", whole interval below " + middle();
            case IN_LINE -> size;
            case ABOVE -> size + ", whole interval above " + middle();
            case FEW -> size + ", fewer than " + AnnotatorFigures.ENOUGH + " labels";
        };
    }

    private String middle() {
        return Numbers.score(annotators.middle())
                + (annotators.byGold() == 0 ? "" : ", or by gold " + Numbers.score(annotators.goldMiddle()));
    }
}
