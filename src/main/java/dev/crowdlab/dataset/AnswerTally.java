package dev.crowdlab.dataset;

import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntList;
import java.util.Arrays;

/** Counts how annotators answer while the annotations of one example after the other are resolved. */
@NotThreadSafe
final class AnswerTally {

    private final AnnotationRows rows;
    private final Classes classes;

    /** [counted][annotators] by rank. */
    private final int[][] counts;

    /** The rows that abstain on the example at hand. */
    private final IntArrayList abstaining = new IntArrayList();

    AnswerTally(AnnotationRows rows, Classes classes, int annotatorCount) {
        this.rows = rows;
        this.classes = classes;
        counts = new int[AnnotatorHabits.COUNTED][annotatorCount];
    }

    /** Counts an annotator who abstains. */
    void abstain(int annotator, int row) {
        counts[AnnotatorHabits.ABSTAINED][annotator]++;
        abstaining.add(row);
    }

    /** The rows that abstain on the example at hand. */
    IntList abstaining() {
        return abstaining;
    }

    void endExample() {
        abstaining.clear();
    }

    /**
     * Compares each label that an annotator gave to an example with the one before, by their times. Rows without a time
     * and those that abstain do not count, equal rows of one time are one, and where labels of one time differ, nothing is
     * known.
     */
    void repeat(int annotator, int[] grouped, int from, int to) {
        int[] answers = Arrays.stream(grouped, from, to)
                .filter(row -> rows.annotatedAt(row) != AnnotationBlock.NO_TIME && classOf(row) >= 0)
                .toArray();
        IntArrays.mergeSort(answers, (row, other) -> Long.compare(rows.annotatedAt(row), rows.annotatedAt(other)));
        int repeated = 0;
        int alike = 0;
        for (int place = 1; place < answers.length; place++) {
            boolean isEqual = classOf(answers[place]) == classOf(answers[place - 1]);
            if (rows.annotatedAt(answers[place]) > rows.annotatedAt(answers[place - 1])) {
                repeated++;
                alike += isEqual ? 1 : 0;
            } else if (!isEqual) {
                return;
            }
        }
        counts[AnnotatorHabits.REPEATED][annotator] += repeated;
        counts[AnnotatorHabits.REPEATED_ALIKE][annotator] += alike;
    }

    private int classOf(int row) {
        return classes.ofAnnotationLabel(rows.label.get(row));
    }

    /** What was counted of these annotators, by rank. */
    AnnotatorHabits of(int[] annotators) {
        long abstained =
                Arrays.stream(counts[AnnotatorHabits.ABSTAINED]).asLongStream().sum();
        return new AnnotatorHabits(counts, abstained).select(annotators);
    }
}
