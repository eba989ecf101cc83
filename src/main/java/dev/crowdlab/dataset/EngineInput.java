package dev.crowdlab.dataset;

import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the engine is told of each example beside its annotations, predictions and gold.
 *
 * @param hasKeys whether examples get keys, hashes of their ids, which {@code committee} chooses a sample by
 * @param sampleSeed of the order in which gold was asked for; null: nobody says how it was chosen
 * @param hasAbstentions whether examples get who abstains on them, for the methods that learn from it
 * @param hasGoldOrder whether examples get what gold is ordered by where it corrects the consensus
 */
public record EngineInput(boolean hasKeys, @Nullable String sampleSeed, boolean hasAbstentions, boolean hasGoldOrder)
        implements Serializable {

    /** Returns the examples of a dataset, or of a part of one. */
    public Slice of(Dataset dataset) {
        Slice slice = dataset.slice(hasKeys, sampleSeed);
        Slice answered = hasAbstentions ? slice.withAbstentions(dataset.habits().abstentions()) : slice;
        return hasGoldOrder ? dataset.withGoldOrder(answered) : answered;
    }
}
