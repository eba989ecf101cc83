package dev.crowdlab.dataset;

import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;

/**
 * A dataset, or a part of one, with labels of people and machines.
 *
 * @param whole with all annotations
 * @param machines which of its annotators are machines
 * @param annotated what the tables about annotators are of: people and the examples that they labeled, or the whole if
 *     machines are annotators like people
 */
public record MixedDataset(Dataset whole, Machines machines, Dataset annotated) implements Serializable {

    /**
     * Takes the people apart.
     *
     * @param areAnnotators whether machines are annotators like people
     */
    public static MixedDataset of(Dataset whole, Machines machines, boolean areAnnotators) {
        return new MixedDataset(whole, machines, areAnnotators ? whole : whole.ofPeople(machines));
    }

    /**
     * Returns all examples for the engine. Periods are those of the labels that count as an annotator's; an example
     * without one is of none.
     */
    public Slice slice(EngineInput input, GoldPeriods periods) {
        Slice all = input.of(whole);
        Slice withPeriods = periods.on(new Slice(annotated.annotations(), annotated.predictions()), annotated);
        if (!withPeriods.has(Column.PERIOD)) {
            return all;
        }
        int[] known = withPeriods.get(Column.PERIOD);
        return all.with(Column.PERIOD, known.length == whole.examples().size() ? known : periodsOfAll(known));
    }

    private int[] periodsOfAll(int[] periods) {
        int[] all = new int[whole.examples().size()];
        int next = 0;
        for (int example = 0; example < all.length; example++) {
            all[example] = machines.countPeople(whole.annotations(), example) > 0 ? periods[next++] : -1;
        }
        return all;
    }
}
