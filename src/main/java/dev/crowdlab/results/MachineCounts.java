package dev.crowdlab.results;

import dev.crowdlab.dataset.MixedDataset;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.SourcedLabels;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.results.period.AnnotatorPeriods;

/** What is counted of the examples of people and machines. */
@NotThreadSafe
public final class MachineCounts implements Mergeable<MachineCounts> {

    /** [annotators] the examples that it and a person labeled. */
    private final long[] overlaps;

    private final AnnotatorPeriods periods;
    private long labeled;

    private MachineCounts(long[] overlaps, AnnotatorPeriods periods, long labeled) {
        this.overlaps = overlaps;
        this.periods = periods;
        this.labeled = labeled;
    }

    /**
     * Counts.
     *
     * @param labeled examples that have a label
     * @param length of the periods by which machines are looked at
     */
    static MachineCounts of(MixedDataset dataset, SourcedLabels labels, long labeled, Period length) {
        Annotations annotations = dataset.whole().annotations();
        long[] overlaps = new long[annotations.annotatorCount()];
        for (int example = 0; example < annotations.exampleCount(); example++) {
            if (labels.place(example) >= 0) {
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    overlaps[annotations.annotator(position)] += 1;
                }
            }
        }
        return new MachineCounts(
                overlaps, AnnotatorPeriods.ofMachines(dataset.whole(), dataset.machines(), length), labeled);
    }

    @Override
    public void add(MachineCounts other) {
        for (int annotator = 0; annotator < overlaps.length; annotator++) {
            overlaps[annotator] += other.overlaps[annotator];
        }
        periods.add(other.periods);
        labeled += other.labeled;
    }

    /** How often machines agreed with people in each period. */
    AnnotatorPeriods periods() {
        return periods;
    }

    /** The examples that the annotator and a person labeled. */
    long overlap(int annotator) {
        return overlaps[annotator];
    }

    /** The number of examples that have a label. */
    public long labeled() {
        return labeled;
    }
}
