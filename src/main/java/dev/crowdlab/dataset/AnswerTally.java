package dev.crowdlab.dataset;

import dev.crowdlab.engine.pass.Abstentions;
import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntList;
import java.util.Arrays;
import java.util.BitSet;

/** Counts how annotators answer while the annotations of one example after the other are resolved. */
@NotThreadSafe
final class AnswerTally {

    static final String ONLY_ABSTENTIONS = "nobody gave the example a label, they only abstained";

    private final AnnotationRows rows;
    private final Classes classes;

    /** [counted][annotators] by rank. */
    private final int[][] counts;

    /** The rows that abstain on the example at hand. */
    private final IntArrayList abstaining = new IntArrayList();
    /** The ranks of those who abstain on examples with labels, by example. */
    private final IntArrayList abstainers = new IntArrayList();
    /** [examples] by rank, where these end. */
    private final IntArrayList abstainersEnd = new IntArrayList();

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

    /** Ends the example, which comes after those that ended before in the order of ranks. */
    void endExample(boolean isLabeled, int[] annotatorRank) {
        if (isLabeled) {
            abstaining.forEach(row -> abstainers.add(annotatorRank[rows.annotator.get(row)]));
        }
        abstainersEnd.add(abstainers.size());
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

    /** The ranks of the annotators of whom anything was counted. */
    BitSet counted() {
        BitSet annotators = new BitSet();
        for (int[] counted : counts) {
            for (int annotator = 0; annotator < counted.length; annotator++) {
                if (counted[annotator] > 0) {
                    annotators.set(annotator);
                }
            }
        }
        return annotators;
    }

    /** What was counted of these annotators and examples, by rank. */
    AnnotatorHabits of(int[] annotators, int[] examples) {
        long abstained =
                Arrays.stream(counts[AnnotatorHabits.ABSTAINED]).asLongStream().sum();
        Abstentions abstentions = abstainers.isEmpty() ? Abstentions.NONE : abstentions(annotators, examples);
        return new AnnotatorHabits(counts, abstained, Abstentions.NONE)
                .select(annotators)
                .with(abstentions);
    }

    private Abstentions abstentions(int[] annotators, int[] examples) {
        int[] offsets = new int[examples.length + 1];
        IntArrayList who = new IntArrayList(abstainers.size());
        for (int index = 0; index < examples.length; index++) {
            int example = examples[index];
            int from = example == 0 ? 0 : abstainersEnd.getInt(example - 1);
            for (int place = from; place < abstainersEnd.getInt(example); place++) {
                int annotator = Arrays.binarySearch(annotators, abstainers.getInt(place));
                if (annotator >= 0) {
                    who.add(annotator);
                }
            }
            offsets[index + 1] = who.size();
        }
        return new Abstentions(offsets, who.toIntArray());
    }
}
