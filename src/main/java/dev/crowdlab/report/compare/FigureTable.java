package dev.crowdlab.report.compare;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.report.compare.ComparisonView.Group;
import dev.crowdlab.report.compare.ComparisonView.Row;
import dev.crowdlab.report.compare.ComparisonView.SideBySide;
import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.page.Head;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The figures of both runs. */
final class FigureTable {

    private static final List<String> REASONS =
            List.of("TIE", "NOBODY_CHOSE_IT", "ANNOTATORS_DISAGREE", "ONE_ANNOTATION", "LOW_QUALITY");

    private final Side first;
    private final Side second;
    private final Axis axis;
    private int withInterval;
    private int clear;

    FigureTable(ComparisonFigures figures) {
        first = figures.first();
        second = figures.second();
        axis = Axis.ofScores(figures.sides()
                .flatMap(side -> side.agreement().statistics().stream())
                .flatMap(statistic -> Stream.of(statistic.value(), statistic.lower()))
                .mapToDouble(Double::doubleValue));
    }

    SideBySide view() {
        List<Group> groups = Stream.of(
                        new Group("Size", sizes()),
                        new Group("How many labels are right", right()),
                        new Group("How much annotators agree", agreement()),
                        new Group("What there is to look at again, of all examples", reasons()))
                .filter(group -> !group.rows().isEmpty())
                .toList();
        return new SideBySide(
                new Head("figures", "Figures", saying(), false),
                "Figure",
                groups,
                axis.ticks(),
                Prose.of(
                        "Small numbers are 90\u202f% intervals. A difference in bold is larger than chance explains: its interval"
                                + " leaves out 0. Differences of percentages are in points."));
    }

    private Prose saying() {
        return Prose.of(
                withInterval == 0
                        ? "No figure of the two has intervals in both runs."
                        : clear == 0
                                ? "None of the " + withInterval
                                        + " figures with intervals differs by more than chance explains."
                                : clear + " of the " + withInterval + " figures with intervals "
                                        + Words.word(clear, "differs", "differ") + " by more than chance explains.");
    }

    private List<Row> sizes() {
        return List.of(
                count("Examples labeled", side -> side.run().counts().examples()),
                count("Labels", side -> side.run().counts().annotations()),
                count("Annotators", side -> side.run().counts().annotators()),
                perExample(),
                count("Rejected rows", side -> side.run().counts().rejected()));
    }

    private Row count(String name, ToLongFunction<Side> count) {
        long before = count.applyAsLong(first);
        long after = count.applyAsLong(second);
        return new Row(
                Prose.of(name),
                Prose.NONE,
                Cells.plain(Numbers.count(before)),
                Cells.plain(Numbers.count(after)),
                Cells.plain(Numbers.change(after - before)),
                null);
    }

    private Row perExample() {
        double before = perExample(first);
        double after = perExample(second);
        return new Row(
                Prose.of("Labels per example"),
                Prose.NONE,
                Cells.plain(Numbers.fixed(before, 2)),
                Cells.plain(Numbers.fixed(after, 2)),
                Cells.plain(Numbers.change(after - before, 2)),
                null);
    }

    private static double perExample(Side side) {
        long examples = side.run().counts().examples();
        return examples == 0 ? Double.NaN : (double) side.run().counts().annotations() / examples;
    }

    private List<Row> right() {
        List<Row> rows = new ArrayList<>();
        Share before = gold(first);
        Share after = gold(second);
        if (isKnown(before) || isKnown(after)) {
            rows.add(percent(
                    "Equal to gold",
                    "of " + goldCount(first) + " and " + goldCount(second) + " labels",
                    before,
                    after));
        }
        Share expected = Verdict.estimate(first);
        Share expectedAfter = Verdict.estimate(second);
        if (isKnown(expected) || isKnown(expectedAfter)) {
            rows.add(percent("Right, as the committee estimates", "of the published labels", expected, expectedAfter));
        }
        Share quality = Cells.exact(meanQuality(first));
        Share qualityAfter = Cells.exact(meanQuality(second));
        rows.add(new Row(
                Prose.of("Mean label quality"),
                Prose.of("a score that ranks, from 0 to 1"),
                Cells.score(quality),
                Cells.score(qualityAfter),
                Cells.difference(Difference.of(quality, qualityAfter)),
                axis.bar(quality, qualityAfter)));
        return rows;
    }

    private static Share gold(Side side) {
        return Verdict.published(side).map(Method::gold).orElse(Cells.exact(Double.NaN));
    }

    private static String goldCount(Side side) {
        return Numbers.count(Verdict.published(side).map(Method::goldCount).orElse(0L));
    }

    private static boolean isKnown(Share share) {
        return !Double.isNaN(share.value());
    }

    private Row percent(String name, String meaning, Share before, Share after) {
        Difference difference = counted(Difference.of(before, after));
        return new Row(
                Prose.of(name),
                Prose.of(meaning),
                Cells.percent(before),
                Cells.percent(after),
                Cells.points(difference),
                axis.bar(before, after));
    }

    private Difference counted(Difference difference) {
        withInterval += difference.hasInterval() ? 1 : 0;
        clear += difference.isClear() ? 1 : 0;
        return difference;
    }

    private static double meanQuality(Side side) {
        return side.run().findings().stream()
                .filter(finding -> finding.is(FindingCode.MEAN_QUALITY))
                .mapToDouble(Finding::observed)
                .findFirst()
                .orElse(Double.NaN);
    }

    private List<Row> agreement() {
        return AgreementFigures.ORDER.stream()
                .flatMap(name -> statistic(name).stream())
                .toList();
    }

    private Optional<Row> statistic(String name) {
        Optional<Statistic> before = first.agreement().defined(name);
        Optional<Statistic> after = second.agreement().defined(name);
        if (before.isEmpty() && after.isEmpty()) {
            return Optional.empty();
        }
        Share from = before.map(Verdict::share).orElse(Cells.exact(Double.NaN));
        Share to = after.map(Verdict::share).orElse(Cells.exact(Double.NaN));
        return Optional.of(new Row(
                Prose.of(Words.statistic(name)),
                Prose.of(meaning(name)),
                Cells.score(from),
                Cells.score(to),
                Cells.difference(counted(Difference.of(from, to))),
                axis.bar(from, to)));
    }

    private static String meaning(String statistic) {
        return switch (statistic) {
            case "percent_agreement" -> "agreeing pairs of labels";
            case "krippendorff_alpha" -> "corrected for chance: 0 is chance";
            case "krippendorff_alpha_ordinal" -> "the same by ranks: near misses count less";
            case "krippendorff_alpha_interval" -> "the same by squared differences";
            case "gwet_ac2" -> "AC1 by squared differences; high wherever one class dominates";
            case "mean_linear_kappa" -> "of pairs of annotators, by differences";
            case "mean_quadratic_kappa" -> "of pairs of annotators, by squared differences";
            case "gwet_ac1" -> "steadier when one class dominates";
            case "mean_cohen_kappa" -> "of pairs of annotators";
            case "fleiss_kappa" -> "with equally many labels everywhere";
            case "coverage" -> "examples with a label";
            default -> "labeled examples with two or more";
        };
    }

    private List<Row> reasons() {
        return REASONS.stream().flatMap(code -> reason(code).stream()).toList();
    }

    private Optional<Row> reason(String code) {
        long before = number(first, code);
        long after = number(second, code);
        if (before + after == 0) {
            return Optional.empty();
        }
        Share from = share(first, before);
        Share to = share(second, after);
        return Optional.of(new Row(
                Prose.of(Words.reason(code)),
                Prose.NONE,
                reasonCell(first, from, before),
                reasonCell(second, to, after),
                Cells.points(Difference.of(from, to)),
                axis.bar(from, to)));
    }

    private static long number(Side side, String code) {
        return side.reasons().map(found -> found.getOrDefault(code, 0L)).orElse(0L);
    }

    private static Share share(Side side, long count) {
        long examples = side.run().counts().examples();
        Optional<Map<String, Long>> reasons = side.reasons();
        return Cells.exact(reasons.isEmpty() || examples == 0 ? Double.NaN : (double) count / examples);
    }

    private static ComparisonView.Cell reasonCell(Side side, Share share, long count) {
        return side.reasons().isEmpty() ? Cells.noted(Numbers.NONE, "removed") : Cells.counted(share, count);
    }
}
