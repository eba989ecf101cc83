package dev.crowdlab.engine;

import dev.crowdlab.engine.machine.AlonePass;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.LabelSource;
import dev.crowdlab.engine.machine.MachineLabels;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.pass.Slice;
import java.util.Optional;

/**
 * The labels of the examples of a slice, and whether they come from people, from machines or from both. Examples are
 * numbered as in the slice. Immutable; safe for use by many threads.
 */
public final class SourcedLabels {

    private static final int[] NO_LABELS = {};
    private static final double[] NO_QUALITIES = {};

    private final Optional<ExampleResults> results;
    /** Whether the results are of all examples, not of those alone that people labeled. */
    private final boolean areAll;
    /** [examples that only machines labeled] -1 and NaN where there is no label; both empty without a panel. */
    private final int[] aloneLabels;

    private final double[] aloneQualities;
    /** [examples] the place among the people's examples, or -1 minus that among the others. */
    private final int[] places;
    /** [people's examples] whether a machine that counts labeled it. */
    private final boolean[] isMixed;

    private SourcedLabels(
            MachineSplit split, Anchor anchor, Optional<ExampleResults> results, boolean areAll, Slice alone) {
        this.results = results;
        this.areAll = areAll;
        aloneLabels = alone.has(AlonePass.LABEL) ? alone.get(AlonePass.LABEL) : NO_LABELS;
        aloneQualities = alone.has(AlonePass.QUALITY) ? alone.get(AlonePass.QUALITY) : NO_QUALITIES;
        int labeled = split.people().exampleCount();
        int others = split.alone().exampleCount();
        places = new int[labeled + others];
        isMixed = new boolean[labeled];
        MachineLabels labels = split.people().get(MachineLabels.COLUMN);
        for (int index = 0; index < labeled; index++) {
            places[split.exampleOfPeople(index)] = index;
            for (int position = labels.start(index); position < labels.end(index); position++) {
                isMixed[index] |= areAll || anchor.isUsed(labels.machine(position));
            }
        }
        for (int index = 0; index < others; index++) {
            places[split.exampleAlone(index)] = -1 - index;
        }
    }

    /**
     * Of people's examples, with the panel as a model, and of those that only the panel labeled.
     *
     * @param split of the slice
     * @param results of the examples that people labeled; empty if nothing could be estimated
     * @param alone {@link MachineSplit#alone}, with what {@link Anchor#label} wrote
     */
    public static SourcedLabels of(MachineSplit split, Anchor anchor, Optional<ExampleResults> results, Slice alone) {
        return new SourcedLabels(split, anchor, results, false, alone);
    }

    /**
     * Of people and machines as annotators alike.
     *
     * @param split of the slice
     * @param results of all examples
     */
    public static SourcedLabels ofAll(MachineSplit split, Anchor anchor, ExampleResults results) {
        return new SourcedLabels(split, anchor, Optional.of(results), true, split.alone());
    }

    /** Returns the number of examples. */
    public int exampleCount() {
        return places.length;
    }

    /** Returns the place of the example among those that people labeled; negative if none did. */
    public int place(int example) {
        return places[example];
    }

    /** Returns the place of the example in the results; negative if it is none of them. */
    public int placeInResults(int example) {
        return areAll ? example : places[example];
    }

    /** Returns the consensus class of the example, or the panel's; -1 if there is none. */
    public int label(int example) {
        int place = placeInResults(example);
        if (place >= 0) {
            return results.isEmpty() ? -1 : results.get().published().label(place);
        }
        return aloneLabels.length == 0 ? -1 : aloneLabels[-1 - place];
    }

    /** Returns the quality of {@link #label}, in [0, 1]; NaN if there is none. */
    public double quality(int example) {
        int place = placeInResults(example);
        if (place >= 0) {
            return results.isEmpty() ? Double.NaN : results.get().published().quality(place);
        }
        return aloneQualities.length == 0 ? Double.NaN : aloneQualities[-1 - place];
    }

    /** Returns whom {@link #label} comes from. */
    public LabelSource source(int example) {
        if (label(example) < 0) {
            return LabelSource.NOBODY;
        }
        int place = places[example];
        if (place < 0) {
            return LabelSource.MACHINES;
        }
        return isMixed[place] ? LabelSource.MIXED : LabelSource.HUMANS;
    }
}
