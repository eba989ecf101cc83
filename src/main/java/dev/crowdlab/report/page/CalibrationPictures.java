package dev.crowdlab.report.page;

import dev.crowdlab.engine.quality.WilsonInterval;
import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.ConsensusFigures.Bin;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.page.CalibrationView.Mark;
import dev.crowdlab.report.page.CalibrationView.Picture;
import dev.crowdlab.report.page.ConsensusView.Column;
import dev.crowdlab.report.page.ConsensusView.Table;
import dev.crowdlab.report.picture.Scale;
import dev.crowdlab.report.picture.Svg;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Draws the scores of each method against the share of its labels that equal gold. */
final class CalibrationPictures {

    private static final double LEFT = 36;
    private static final double RIGHT = 196;
    private static final double TOP = 24;
    private static final double BOTTOM = 184;
    private static final double MIN_RADIUS = 2.5;
    private static final double MAX_RADIUS = 9;

    private final ConsensusFigures consensus;
    private final Scale across = Scale.linear(0, 1, LEFT, RIGHT);
    private final Scale up = Scale.linear(0, 1, BOTTOM, TOP);
    private final double most;

    CalibrationPictures(ConsensusFigures consensus) {
        this.consensus = consensus;
        most = consensus.bins().stream().mapToLong(Bin::count).max().orElse(1);
    }

    /** Returns the pictures; empty if no labels were compared with gold. */
    Optional<CalibrationView> view() {
        if (consensus.bins().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new CalibrationView(
                saying(),
                "Each mark is a tenth of the scale: further right with a higher mean score, higher with more labels that are right on"
                        + " gold, larger with more examples; the upright line is the 90\u202f% interval. On the dashed line a score of 0.80"
                        + " is right in 80\u202f% of cases; above it labels are right more often than their score says, below it less often.",
                methods().map(this::picture).toList(),
                table()));
    }

    private Stream<Method> methods() {
        return consensus.methods().stream().filter(method -> !bins(method).isEmpty());
    }

    private List<Bin> bins(Method method) {
        return consensus.bins().stream()
                .filter(bin -> bin.method().equals(method.name()))
                .toList();
    }

    private Prose saying() {
        Method first = methods().findFirst().orElseThrow();
        Means means = Means.of(bins(first));
        WilsonInterval interval = WilsonInterval.of(means.actual(), means.count());
        String judgement = interval.lower() > means.predicted()
                ? "more than the scores say."
                : interval.upper() < means.predicted()
                        ? "fewer than the scores say."
                        : "as many as the scores say, as far as so few can tell.";
        return Prose.begin()
                .text("The mean score of ")
                .code(first.name())
                .text(" is " + Numbers.score(means.predicted()) + " on "
                        + Words.count(means.count(), "example", "examples") + " with gold, and "
                        + Numbers.percent(means.actual()) + " of the labels are right: " + judgement)
                .end();
    }

    private Picture picture(Method method) {
        List<Bin> bins = bins(method);
        Means means = Means.of(bins);
        return new Picture(
                method.name(),
                bins.stream()
                        .sorted(Comparator.comparingLong(Bin::count).reversed())
                        .map(this::mark)
                        .toList(),
                "n " + Numbers.count(means.count()) + ": score " + Numbers.score(means.predicted()) + ", right "
                        + Numbers.percent(means.actual()));
    }

    private Mark mark(Bin bin) {
        WilsonInterval interval = WilsonInterval.of(bin.actual(), bin.count());
        return new Mark(
                Svg.number(across.at(bin.predicted())),
                Svg.number(up.at(bin.actual())),
                Svg.number(MIN_RADIUS + (MAX_RADIUS - MIN_RADIUS) * Math.sqrt(bin.count() / most)),
                Svg.number(up.at(interval.lower())),
                Svg.number(up.at(interval.upper())));
    }

    private Table table() {
        List<Column> columns = List.of(
                new Column("Method", false),
                new Column("Scores", true),
                new Column("Examples", true),
                new Column("Mean score", true),
                new Column("Right on gold", true));
        List<List<Prose>> rows = new ArrayList<>();
        methods().forEach(method -> bins(method).forEach(bin -> rows.add(row(method, bin))));
        return new Table(columns, rows);
    }

    private static List<Prose> row(Method method, Bin bin) {
        WilsonInterval interval = WilsonInterval.of(bin.actual(), bin.count());
        return List.of(
                Prose.begin().code(method.name()).end(),
                Prose.of(Numbers.shortScore(bin.lower()) + " to " + Numbers.shortScore(bin.upper())),
                Prose.of(Numbers.count(bin.count())),
                Prose.of(Numbers.score(bin.predicted())),
                Prose.begin()
                        .bold(Numbers.percent(bin.actual()))
                        .muted(" (" + Numbers.percent(interval.lower()) + " to " + Numbers.percent(interval.upper())
                                + ")")
                        .end());
    }

    /** Of all bins of a method. */
    private record Means(long count, double predicted, double actual) {

        static Means of(List<Bin> bins) {
            long count = bins.stream().mapToLong(Bin::count).sum();
            double predicted = bins.stream()
                    .mapToDouble(bin -> bin.count() * bin.predicted())
                    .sum();
            double actual =
                    bins.stream().mapToDouble(bin -> bin.count() * bin.actual()).sum();
            return new Means(count, predicted / count, actual / count);
        }
    }
}
