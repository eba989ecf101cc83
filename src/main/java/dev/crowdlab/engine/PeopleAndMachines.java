package dev.crowdlab.engine;

import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.correction.GoldSource;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Labels of people and of machines, such as language models, whose errors are shared: the steps are in {@link
 * MachinePanel}. Gold that corrects comes last, and looks at the votes of people and of the machines of the panel; where
 * people cannot judge machines and there are 20 gold labels, machines are annotators like people, and gold corrects what
 * they all say. On a cluster take {@link MachineSplit#of} on every slice and {@link
 * #estimate} with runners over the parts, or, if {@link Support#isByGold}, {@link Crowdlab#estimate} with one over all:
 * the bits are the same.
 */
public final class PeopleAndMachines {

    private PeopleAndMachines() {}

    /**
     * Analyzes a data set in memory. Dawid and Skene's method, which takes no models, is people's alone.
     *
     * @param slice all examples, with annotations of people and machines; not modified
     * @param machines which annotators are machines
     * @param options as for people alone
     * @throws UnusableInputException if there are fewer than two classes or more than 32,767, or gold is to correct more
     *     classes than it can
     * @throws IllegalArgumentException if machines are declared for another number of annotators
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it stays so
     */
    public static MachineAnalysis analyze(Slice slice, Machines machines, Options options) {
        MachineSplit split = MachineSplit.of(slice, machines);
        if (options.gold() == GoldUse.ANCHOR) {
            Support support = Support.of(slice.annotations(), machines, goldCount(slice));
            if (support.isByGold(machines)) {
                return byGold(split, keyed(slice, place -> place), support, options);
            }
        }
        Slice people = keyed(split.people(), split::exampleOfPeople);
        try (LocalPassRunner first = new LocalPassRunner(people, options.threads(), options.blockSize())) {
            LocalParts parts = new LocalParts(first, first.on(split.alone()));
            MachineEstimates found = estimate(parts, machines, options);
            Optional<Analysis> analysis = found.estimates()
                    .map(estimates -> new Analysis(estimates, parts.withModels().slice(), options));
            SourcedLabels labels =
                    SourcedLabels.of(split, found.anchor(), analysis.map(Analysis::examples), parts.alone.slice());
            return new MachineAnalysis(found, analysis, labels);
        }
    }

    /** The parts of a data set in memory. */
    @NotThreadSafe
    private static final class LocalParts implements Parts {

        private final LocalPassRunner people;
        private final LocalPassRunner alone;
        private @Nullable LocalPassRunner withModels;

        private LocalParts(LocalPassRunner people, LocalPassRunner alone) {
            this.people = people;
            this.alone = alone;
        }

        @Override
        public LocalPassRunner people() {
            return people;
        }

        @Override
        public LocalPassRunner withModels() {
            LocalPassRunner made = withModels == null ? people.on(Anchor.withModels(people.slice())) : withModels;
            withModels = made;
            return made;
        }

        @Override
        public LocalPassRunner alone() {
            return alone;
        }
    }

    private static MachineAnalysis byGold(MachineSplit split, Slice slice, Support support, Options options) {
        Analysis analysis = Crowdlab.analyze(slice, options);
        MachineEstimates found = byGold(support, analysis.estimates());
        SourcedLabels labels = SourcedLabels.ofAll(split, found.anchor(), analysis.examples());
        return new MachineAnalysis(found, Optional.of(analysis), labels);
    }

    /** Returns the estimates of people and machines as annotators alike. */
    public static MachineEstimates byGold(Support support, Estimates all) {
        return new MachineEstimates(Anchor.byGold(support.anchors()), Optional.of(all), Double.NaN);
    }

    /** The runners over the two parts of {@link MachineSplit}. */
    public interface Parts {

        /** Returns the one over the examples that people labeled, always the same. */
        AnalysisRunner people();

        /** Returns one over what passes left of these, after {@link Anchor#withModels}, always the same. */
        AnalysisRunner withModels();

        /** Returns the one over the examples that only machines labeled, always the same. */
        PassRunner alone();
    }

    /**
     * Analyzes the parts of a data set that can be judged by people.
     *
     * @param parts with keys of examples, and gold if it is to be used
     * @param options as for people alone
     * @throws UnusableInputException as {@link #analyze}
     */
    public static MachineEstimates estimate(Parts parts, Machines machines, Options options) {
        AnalysisRunner people = parts.people();
        Crowdlab.checkDimensions(people.dimensions());
        if (options.gold() == GoldUse.FIX) {
            people.run("fixGold", new FixedLabels.FixPass());
        }
        Anchor anchor = Anchor.of(people, machines);
        AnalysisRunner second = parts.withModels();
        ExactMean mean = anchor.label(parts.alone());
        boolean isUsable = anchor.result().anchors() > 0
                || (second.dimensions().exampleCount() > 0
                        && second.dimensions().modelCount() > 0);
        if (!isUsable) {
            return new MachineEstimates(anchor, Optional.empty(), mean.mean());
        }
        GoldSource gold = options.gold() == GoldUse.ANCHOR
                ? anchor.goldSource(parts.alone(), machines, mean.count())
                : GoldSource.ANNOTATIONS;
        Estimates estimates = Crowdlab.estimate(second, options, gold);
        if (estimates.correction().isPresent()) {
            mean = anchor.correct(parts.alone(), estimates.correction().get(), gold.voters());
        }
        return new MachineEstimates(anchor, Optional.of(estimates), mean.mean());
    }

    private static long goldCount(Slice slice) {
        return Arrays.stream(slice.get(Column.GOLD)).filter(label -> label >= 0).count();
    }

    private static Slice keyed(Slice slice, IntToLongFunction key) {
        if (slice.has(Column.EXAMPLE_KEY)) {
            return slice;
        }
        long[] keys = new long[slice.exampleCount()];
        Arrays.setAll(keys, key);
        return slice.with(Column.EXAMPLE_KEY, keys);
    }

    /**
     * What there is to judge machines by.
     *
     * @param anchors examples with labels of two people or more
     * @param gold examples with gold
     */
    public record Support(long anchors, long gold) implements Serializable {

        /** Counts the anchors; gold is given. */
        public static Support of(Annotations annotations, Machines machines, long gold) {
            long anchors = 0;
            for (int example = 0; example < annotations.exampleCount(); example++) {
                anchors += machines.countPeople(annotations, example) > 1 ? 1 : 0;
            }
            return new Support(anchors, gold);
        }

        /** Returns the sum of both. */
        public Support plus(Support other) {
            return new Support(anchors + other.anchors, gold + other.gold);
        }

        /**
         * Returns whether people cannot judge machines while gold that corrects can: fewer than 50 examples have labels
         * of two people, and 20 or more have gold.
         */
        public boolean isByGold(Machines machines) {
            return machines.machineCount() > 0 && anchors < Anchor.MIN_ANCHORS && gold >= GoldCorrection.MIN_ESTIMATE;
        }
    }
}
