package dev.crowdlab.engine;

import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.correction.GoldSource;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.machine.AlonePass;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * Labels of people and of machines, such as language models, whose errors are shared: the steps are in {@link
 * MachinePanel}. Gold that corrects comes last, and looks at the votes of people and of the machines of the panel; where
 * people cannot judge machines and there are 20 gold labels, machines are annotators like people, and gold corrects what
 * they all say. On a cluster take {@link MachineSplit#of} on every slice, {@link Anchor#of} with a runner over the
 * people's parts, {@link Crowdlab#estimate} with another over those parts after {@link Anchor#withModels}, and {@link
 * Anchor#label} with one over the parts that only machines labeled: the bits are the same.
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
        if (options.gold() == GoldUse.ANCHOR && areMeasuredByGold(slice, machines)) {
            Anchor anchor = Anchor.byGold(anchorCount(slice.annotations(), machines));
            return MachineAnalysis.ofAll(split, anchor, Crowdlab.analyze(keyed(slice, place -> place), options));
        }
        Slice people = keyed(split.people(), split::exampleOfPeople);
        try (LocalPassRunner first = new LocalPassRunner(people, options.threads(), options.blockSize())) {
            Crowdlab.checkDimensions(first.dimensions());
            if (options.gold() == GoldUse.FIX) {
                first.run("fixGold", new FixedLabels.FixPass());
            }
            Anchor anchor = Anchor.of(first, machines);
            LocalPassRunner second = first.on(Anchor.withModels(first.slice()));
            LocalPassRunner alone = first.on(split.alone());
            ExactMean mean = anchor.label(alone);
            boolean isUsable = anchor.result().anchors() > 0
                    || (people.exampleCount() > 0 && second.dimensions().modelCount() > 0);
            Optional<Analysis> analysis = Optional.empty();
            if (isUsable) {
                GoldSource gold = options.gold() == GoldUse.ANCHOR
                        ? anchor.goldSource(alone, machines, mean.count())
                        : GoldSource.ANNOTATIONS;
                Estimates estimates = Crowdlab.estimate(second, options, gold);
                analysis = Optional.of(new Analysis(estimates, second.slice(), options));
                if (estimates.correction().isPresent()) {
                    mean = anchor.correct(alone, estimates.correction().get(), gold.voters());
                }
            }
            return MachineAnalysis.of(split, anchor, analysis, labels(alone.slice(), mean));
        }
    }

    private static Slice keyed(Slice slice, IntToLongFunction key) {
        if (slice.has(Column.EXAMPLE_KEY)) {
            return slice;
        }
        long[] keys = new long[slice.exampleCount()];
        Arrays.setAll(keys, key);
        return slice.with(Column.EXAMPLE_KEY, keys);
    }

    private static MachineAnalysis.Alone labels(Slice alone, ExactMean mean) {
        return new MachineAnalysis.Alone(
                alone.has(AlonePass.LABEL) ? alone.get(AlonePass.LABEL) : new int[0],
                alone.has(AlonePass.QUALITY) ? alone.get(AlonePass.QUALITY) : new double[0],
                mean.mean());
    }

    /**
     * Returns whether people cannot judge machines while gold that corrects can: fewer than 50 examples have labels of two
     * people, and 20 or more have gold.
     *
     * @param slice all examples, with {@link Column#GOLD}
     */
    public static boolean areMeasuredByGold(Slice slice, Machines machines) {
        if (machines.machineCount() == 0 || anchorCount(slice.annotations(), machines) >= Anchor.MIN_ANCHORS) {
            return false;
        }
        long gold = Arrays.stream(slice.get(Column.GOLD))
                .filter(label -> label >= 0)
                .count();
        return gold >= GoldCorrection.MIN_ESTIMATE;
    }

    /** Returns how many examples have labels of two people. */
    private static long anchorCount(Annotations annotations, Machines machines) {
        long anchors = 0;
        for (int example = 0; example < annotations.exampleCount(); example++) {
            int people = 0;
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                people += machines.isMachine(annotations.annotator(position)) ? 0 : 1;
            }
            anchors += people > 1 ? 1 : 0;
        }
        return anchors;
    }
}
