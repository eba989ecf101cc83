package dev.crowdlab.engine;

import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.machine.AlonePass;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Labels of people and of machines, such as language models, whose errors are shared: the steps are in {@link
 * MachinePanel}. On a cluster take {@link MachineSplit#of} on every slice, {@link Anchor#of} with a runner over the
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
     * @throws UnusableInputException if there are fewer than two classes or more than 32,767
     * @throws IllegalArgumentException if machines are declared for another number of annotators
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it stays so
     */
    public static MachineAnalysis analyze(Slice slice, Machines machines, Options options) {
        MachineSplit split = MachineSplit.of(slice, machines);
        Slice people = split.people();
        if (!people.has(Column.EXAMPLE_KEY)) {
            long[] keys = new long[people.exampleCount()];
            Arrays.setAll(keys, split::exampleOfPeople);
            people = people.with(Column.EXAMPLE_KEY, keys);
        }
        try (LocalPassRunner first = new LocalPassRunner(people, options.threads(), options.blockSize())) {
            Crowdlab.checkDimensions(first.dimensions());
            if (options.gold() == GoldUse.FIX) {
                first.run("fixGold", new FixedLabels.FixPass());
            }
            Anchor anchor = Anchor.of(first, machines);
            LocalPassRunner second = first.on(Anchor.withModels(first.slice()));
            boolean isUsable = anchor.result().anchors() > 0
                    || (people.exampleCount() > 0 && second.dimensions().modelCount() > 0);
            Optional<Analysis> analysis = Optional.empty();
            if (isUsable) {
                Estimates estimates = Crowdlab.estimate(second, options);
                analysis = Optional.of(new Analysis(estimates, second.slice(), options));
            }
            LocalPassRunner alone = first.on(split.alone());
            double meanAlone = anchor.label(alone).mean();
            Slice labeled = alone.slice();
            return new MachineAnalysis(
                    split,
                    anchor,
                    analysis,
                    new MachineAnalysis.Alone(
                            labeled.has(AlonePass.LABEL) ? labeled.get(AlonePass.LABEL) : new int[0],
                            labeled.has(AlonePass.QUALITY) ? labeled.get(AlonePass.QUALITY) : new double[0],
                            meanAlone));
        }
    }
}
