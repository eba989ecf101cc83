package dev.crowdlab.dataset;

import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import java.util.Arrays;

/** Counts answers that are no label while the annotations of one example after the other are resolved. */
@NotThreadSafe
final class AnswerTally {

    /** [annotators] by rank. */
    private final int[] abstained;

    /** The rows that abstain on the example at hand. */
    private final IntArrayList abstaining = new IntArrayList();

    AnswerTally(int annotatorCount) {
        abstained = new int[annotatorCount];
    }

    /** Counts an annotator who abstains. */
    void abstain(int annotator, int row) {
        abstained[annotator]++;
        abstaining.add(row);
    }

    /** The rows that abstain on the example at hand. */
    IntList abstaining() {
        return abstaining;
    }

    void endExample() {
        abstaining.clear();
    }

    /** What was counted of these annotators, by rank. */
    AnnotatorHabits of(int[] annotators) {
        return new AnnotatorHabits(
                Arrays.stream(annotators).map(rank -> abstained[rank]).toArray(),
                Arrays.stream(abstained).asLongStream().sum());
    }
}
