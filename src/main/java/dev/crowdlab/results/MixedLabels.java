package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.GoldLabels;
import dev.crowdlab.dataset.MixedDataset;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.SourcedLabels;
import dev.crowdlab.engine.machine.LabelSource;
import java.util.stream.IntStream;

/**
 * The published labels of a dataset of people and machines, or of a part of one: of every example that has one, numbered
 * in code-point order of their ids.
 */
public final class MixedLabels implements ExampleLabels {

    private final MixedDataset dataset;
    private final Dataset whole;
    private final SourcedLabels labels;
    private final boolean isGoldPublished;
    /** [labeled examples] their numbers in the whole. */
    private final int[] labeled;

    private final IdList ids;

    /**
     * @param labels of all examples
     * @param isGoldPublished whether a gold label is published where there is one
     */
    public MixedLabels(MixedDataset dataset, SourcedLabels labels, boolean isGoldPublished) {
        this.dataset = dataset;
        whole = dataset.whole();
        this.labels = labels;
        this.isGoldPublished = isGoldPublished;
        labeled = IntStream.range(0, whole.examples().size())
                .filter(example -> labelOf(example) >= 0)
                .toArray();
        ids = whole.examples().select(labeled);
    }

    private int labelOf(int example) {
        return isFixed(example) ? whole.gold().label(example) : labels.label(example);
    }

    /** Whether it is an example without a label of people whose gold label is published. */
    private boolean isFixed(int example) {
        return isGoldPublished && labels.place(example) < 0 && whole.gold().label(example) != GoldLabels.UNKNOWN;
    }

    @Override
    public IdList examples() {
        return ids;
    }

    @Override
    public IdList classes() {
        return whole.classes();
    }

    @Override
    public int label(int example) {
        return labelOf(labeled[example]);
    }

    @Override
    public double quality(int example) {
        return isFixed(labeled[example]) ? 1 : labels.quality(labeled[example]);
    }

    /** The place among the examples of the tables about annotators; negative if it is none of them. */
    int place(int example) {
        return labels.placeInResults(labeled[example]);
    }

    LabelSource source(int example) {
        return isFixed(labeled[example]) ? LabelSource.HUMANS : labels.source(labeled[example]);
    }

    /** The share of the machines' labels that equal the published one, of an example that only machines labeled. */
    double agreementOfMachines(int example) {
        return whole.annotations().agreement(labeled[example], label(example));
    }

    /** The number of labels of an example that only machines labeled. */
    int machineLabelCount(int example) {
        return whole.annotations().size(labeled[example]);
    }

    /**
     * What is counted here.
     *
     * @param length of the periods by which machines are looked at
     */
    public MachineCounts counts(Period length) {
        return MachineCounts.of(dataset, labels, labeled.length, length);
    }
}
