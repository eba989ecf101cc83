package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;
import java.util.List;

/**
 * The posteriors of one example at a time, over its candidates, as some experts see it; one candidate has all. Working
 * memory of one thread.
 */
@NotThreadSafe
final class CandidatePosteriors {

    private final Annotations annotations;
    private final Candidates candidates;
    /** [experts][slots] in units of 2^-30. */
    private final int[][] posteriors;

    private int example;
    private int start;
    private int slotCount;
    private int single;

    /** Prepares to read the posteriors of the slice; nothing is modified. */
    CandidatePosteriors(Slice slice, List<Expert> experts) {
        annotations = slice.annotations();
        candidates = slice.get(CandidatePass.CANDIDATES);
        posteriors = new int[experts.size()][];
        for (int expert = 0; expert < posteriors.length; expert++) {
            posteriors[expert] = slice.get(CommitteeStartPass.posterior(experts.get(expert)));
        }
    }

    /** Takes the example. */
    void open(int example) {
        this.example = example;
        start = candidates.start(example);
        slotCount = candidates.count(example);
        single = annotations.label(annotations.start(example));
    }

    /** Returns the example that was taken. */
    int example() {
        return example;
    }

    /** Returns the number of candidates. */
    int count() {
        return Math.max(1, slotCount);
    }

    /** Returns a candidate; they ascend. */
    int label(int index) {
        return slotCount == 0 ? single : candidates.label(start + index);
    }

    /** Returns which candidate the class is, which is one. */
    int index(int label) {
        int index = 0;
        while (label(index) != label) {
            index++;
        }
        return index;
    }

    /** Returns the posterior of a candidate as the expert at the place sees it, in units of 2^-30. */
    int posterior(int expert, int index) {
        return slotCount == 0 ? 1 << Grid.BITS : posteriors[expert][start + index];
    }

    /** Adds the posteriors to sums by class. */
    void addTo(int expert, long[] byClass) {
        for (int index = 0; index < count(); index++) {
            byClass[label(index)] += posterior(expert, index);
        }
    }
}
