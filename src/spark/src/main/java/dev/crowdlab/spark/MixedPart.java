package dev.crowdlab.spark;

import dev.crowdlab.dataset.MixedDataset;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.SourcedLabels;
import dev.crowdlab.engine.machine.Anchor;
import dev.crowdlab.engine.machine.MachineSplit;
import dev.crowdlab.engine.machine.PanelStatus;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.results.MixedLabels;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;

/**
 * Some of the examples that people and machines labeled.
 *
 * @param split the examples by who labeled them
 * @param alone those that only machines labeled, with what the passes wrote
 * @param anchor the machines, measured
 * @param isGoldPublished whether a gold label is published where there is one
 */
record MixedPart(
        MixedDataset dataset, MachineSplit split, Slice alone, Broadcast<Anchor> anchor, boolean isGoldPublished)
        implements Serializable {

    /**
     * The labels of the examples.
     *
     * @param results of the examples of annotators; empty if nothing could be estimated
     */
    MixedLabels labels(Optional<ExampleResults> results) {
        Anchor measured = anchor.value();
        SourcedLabels labels = measured.result().status() == PanelStatus.BY_GOLD
                ? SourcedLabels.ofAll(split, measured, results.orElseThrow())
                : SourcedLabels.of(split, measured, results, alone);
        return new MixedLabels(dataset, labels, isGoldPublished);
    }
}
