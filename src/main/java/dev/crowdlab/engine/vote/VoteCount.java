package dev.crowdlab.engine.vote;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import java.util.Arrays;

/**
 * The votes of one example at a time, and the classes still in the race for its label. Working memory of one thread:
 * arrays of one entry per class, used again for every example. Not safe for use by several threads.
 */
final class VoteCount {

    /** Up to this many classes it is faster to reset the votes of all classes than those of each label. */
    private static final int FEW_CLASSES = 64;

    private final int[] votes;
    private final int[] candidates;
    private final double[] probabilities;

    VoteCount(int classCount) {
        votes = new int[classCount];
        candidates = new int[classCount];
        probabilities = new double[classCount];
    }

    /** Counts the votes of the example, and takes the classes with most of them as candidates; returns how many. */
    int open(Annotations annotations, int example) {
        int start = annotations.start(example);
        int end = annotations.end(example);
        int most = 0;
        int leaderCount = 0;
        int leader = -1;
        for (int position = start; position < end; position++) {
            int label = annotations.label(position);
            int count = ++votes[label];
            // no branch, because it would be unpredictable: makes counting votes an eighth faster
            leaderCount = count > most ? 1 : leaderCount + (count == most ? 1 : 0);
            leader = count > most ? label : leader;
            most = Math.max(most, count);
        }
        candidates[0] = leader;
        return leaderCount == 1 ? 1 : collectLeaders(most);
    }

    private int collectLeaders(int most) {
        int count = 0;
        for (int label = 0; label < votes.length; label++) {
            if (votes[label] == most) {
                candidates[count++] = label;
            }
        }
        return count;
    }

    /** Resets the votes of the example, which must be the one opened last. */
    void close(Annotations annotations, int example) {
        if (votes.length <= FEW_CLASSES) {
            Arrays.fill(votes, 0);
            return;
        }
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            votes[annotations.label(position)] = 0;
        }
    }

    /** Returns the votes for the class on the open example. */
    int votes(int label) {
        return votes[label];
    }

    /** Returns the candidate, a class index; candidates ascend. */
    int candidate(int index) {
        return candidates[index];
    }

    /**
     * Keeps the candidates that the models find most probable, all of them without models; returns how many are left.
     */
    int keepMostProbable(Predictions predictions, int example, int count) {
        if (predictions.modelCount() == 0) {
            return count;
        }
        for (int index = 0; index < count; index++) {
            int label = candidates[index];
            probabilities[label] = predictions.mean(example, label);
        }
        return keepHighest(count, probabilities);
    }

    /**
     * Keeps the candidates with the highest value, exactly equal ones together.
     *
     * @param count how many candidates there are
     * @param values [classes] only those of candidates are read; not modified
     * @return how many candidates are left, at least 1
     */
    int keepHighest(int count, double[] values) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < count; index++) {
            highest = Math.max(highest, values[candidates[index]]);
        }
        int kept = 0;
        for (int index = 0; index < count; index++) {
            if (values[candidates[index]] == highest) {
                candidates[kept++] = candidates[index];
            }
        }
        return kept;
    }
}
