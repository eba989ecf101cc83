package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.vote.Votes;
import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which annotators are compared in pairs: those with most labels, the lower number first where equally many, at most
 * 200 and no more than there is room to count for. They are numbered among each other from 0 on, in their order.
 * Immutable.
 */
public final class PairLayout implements Serializable {

    /** The most annotators that are compared in pairs. */
    static final int MAX_ANNOTATORS = 200;

    /** Of each thread: 16 MiB. */
    private static final int MAX_CELLS = 1 << 22;

    private static final int COMMON = 0;
    private static final int AGREED = 1;
    private static final int FIRST_CLASS = 2;

    private final int classCount;
    private final int[] chosen;
    /** [annotators] the number among the chosen ones; -1 if not chosen. */
    private final int[] numbers;

    public PairLayout(Votes votes, int classCount) {
        this.classCount = classCount;
        chosen = IntStream.range(0, votes.annotatorCount())
                .filter(annotator -> votes.labelCount(annotator) > 0)
                .boxed()
                .sorted((one, other) -> {
                    int volumes = Long.compare(votes.labelCount(other), votes.labelCount(one));
                    return volumes != 0 ? volumes : Integer.compare(one, other);
                })
                .limit(mostAnnotators(classCount))
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        numbers = new int[votes.annotatorCount()];
        Arrays.fill(numbers, -1);
        for (int number = 0; number < chosen.length; number++) {
            numbers[chosen[number]] = number;
        }
    }

    /** Returns how many annotators can be compared, by the room that their pairs take. */
    public static int mostAnnotators(int classCount) {
        int most = 2;
        while (most < MAX_ANNOTATORS && (most + 1L) * most / 2 * stride(classCount) <= MAX_CELLS) {
            most++;
        }
        return most;
    }

    private static int stride(int classCount) {
        return FIRST_CLASS + 2 * classCount;
    }

    /** Returns the number of pairs, those without a common example included. */
    int pairCount() {
        return chosen.length * (chosen.length - 1) / 2;
    }

    int cellCount() {
        return pairCount() * stride(classCount);
    }

    int chosenCount() {
        return chosen.length;
    }

    int classCount() {
        return classCount;
    }

    /** Returns the annotator's number among the chosen ones; -1 if not chosen. */
    int number(int annotator) {
        return numbers[annotator];
    }

    /** Returns the annotator with the number. */
    int annotator(int number) {
        return chosen[number];
    }

    /** Returns the pair of two numbers, the lower one first; pairs ascend by the first, then by the second. */
    int pair(int first, int second) {
        return first * (2 * chosen.length - first - 1) / 2 + second - first - 1;
    }

    /** Returns the cell with the number of common examples; that of equal labels follows, then those of classes. */
    int common(int pair) {
        return pair * stride(classCount) + COMMON;
    }

    int agreed(int pair) {
        return pair * stride(classCount) + AGREED;
    }

    /** Returns the cell with the number of common examples to which the first of the pair gave the class. */
    int first(int pair, int label) {
        return pair * stride(classCount) + FIRST_CLASS + label;
    }

    /** Returns the cell with the number of common examples to which the second of the pair gave the class. */
    int second(int pair, int label) {
        return first(pair, label) + classCount;
    }
}
