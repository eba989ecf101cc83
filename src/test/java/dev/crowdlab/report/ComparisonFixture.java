package dev.crowdlab.report;

import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Annotators;
import dev.crowdlab.report.figures.ComparisonFigures.Changed;
import dev.crowdlab.report.figures.ComparisonFigures.ClassShare;
import dev.crowdlab.report.figures.ComparisonFigures.Flow;
import dev.crowdlab.report.figures.ComparisonFigures.Labels;
import dev.crowdlab.report.figures.ComparisonFigures.Moved;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.OriginFigures;
import dev.crowdlab.report.figures.OriginFigures.Model;
import dev.crowdlab.report.figures.OriginFigures.Setting;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.figures.RunFigures.Counts;
import dev.crowdlab.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Two runs that never were, side by side. */
public final class ComparisonFixture {

    public static final Share UNKNOWN = new Share(Double.NaN, Double.NaN, Double.NaN);

    private static final int EXAMPLES = 1_000;

    private ComparisonFixture() {}

    /** What two runs have in common, as full as the page can be; words make ids and labels of numbers. */
    public static ComparisonFigures of(Side first, Side second, IntFunction<String> words) {
        List<ClassShare> shares = IntStream.range(0, 5)
                .mapToObj(i -> new ClassShare(words.apply(i), 100 + 50 * i, 300 - 50 * i))
                .toList();
        List<Flow> flows = IntStream.range(0, ComparisonFigures.MAX_FLOWS)
                .mapToObj(i -> new Flow(words.apply(i % 5), words.apply((i + 1) % 5), 12 - i))
                .toList();
        List<Changed> changed = IntStream.range(0, ComparisonFigures.MAX_CHANGED)
                .mapToObj(
                        i -> new Changed(words.apply(1_000 + i), words.apply(i % 5), .9, words.apply((i + 1) % 5), .8))
                .toList();
        List<Moved> moved = IntStream.range(0, ComparisonFigures.MAX_ANNOTATORS)
                .mapToObj(i -> new Moved(
                        words.apply(2_000 + i), new Share(.6, .5, .7), 100, new Share(.6 + i / 100.0, .5, .9), 90))
                .toList();
        return new ComparisonFigures(
                first,
                second,
                Optional.of(new Labels(EXAMPLES, EXAMPLES - 78, 0, 0, flows, changed)),
                shares,
                Optional.of(new Annotators(40, 2, 3, false, 38, 4, 1, moved)));
    }

    /** A run of a dataset that nothing is known of but its agreement. */
    public static Side side(long runId, String dataset, Share alpha) {
        return new Side(
                new RunFigures(
                        runId,
                        dataset,
                        FiguresFixture.AS_OF,
                        RunStatus.PUBLISHED,
                        Duration.ofSeconds(75),
                        new Counts(EXAMPLES, 0, 3 * EXAMPLES, 40, 5, 0, 3),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                new AgreementFigures(
                        List.of(new Statistic(
                                "krippendorff_alpha", alpha.value(), alpha.lower(), alpha.upper(), EXAMPLES, "")),
                        Double.NaN,
                        Double.NaN,
                        false),
                ConsensusFigures.NONE,
                new OriginFigures(List.of(), List.of(new Model("bert", .5, Double.NaN, 1)), Map.of(), Map.of()),
                List.of("a", "b"),
                Optional.of(Map.of("TIE", runId)),
                EXAMPLES,
                Map.of());
    }

    /** The run with so many labels compared with gold, and what the committee estimates. */
    public static Side with(Side side, Share gold, long count, Share estimate) {
        return new Side(
                side.run(),
                side.agreement(),
                new ConsensusFigures(
                        List.of(new Method("committee", true, estimate, gold, count, "", 1)),
                        List.of(),
                        List.of(),
                        List.of()),
                side.origin(),
                side.classes(),
                side.reasons(),
                side.overlapping(),
                side.removed());
    }

    /** The run with a setting. */
    public static Side with(Side side, String setting, String value) {
        return new Side(
                side.run(),
                side.agreement(),
                side.consensus(),
                new OriginFigures(
                        List.of(new Setting(setting, value, false)),
                        side.origin().models(),
                        Map.of(),
                        Map.of()),
                side.classes(),
                side.reasons(),
                side.overlapping(),
                side.removed());
    }

    /** The run with other classes. */
    public static Side with(Side side, List<String> classes) {
        return new Side(
                side.run(),
                side.agreement(),
                side.consensus(),
                side.origin(),
                classes,
                side.reasons(),
                side.overlapping(),
                side.removed());
    }
}
