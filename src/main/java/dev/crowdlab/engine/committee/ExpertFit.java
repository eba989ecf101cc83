package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.pass.NotThreadSafe;

/** One expert of {@link Committee}, from round to round. Used by one thread. */
@NotThreadSafe
final class ExpertFit {

    private final Expert expert;
    /** [cells] sums of the posteriors of contested examples, in units of 2^-30. */
    private long[] contested;

    private ClassTerm next;
    private int roundCount;
    /** From the last round; empty before the first. */
    private ExpertParameters parameters;

    private ClassTerm term;
    private double score;

    /**
     * Starts.
     *
     * @param contested [cells] sums of vote shares; not modified
     * @param term before the first round
     */
    ExpertFit(Expert expert, CommitteeInput input, long[] contested, ClassTerm term) {
        this.expert = expert;
        this.contested = contested;
        this.term = term;
        next = term;
        parameters = new ExpertParameters(expert, input, contested);
    }

    Expert expert() {
        return expert;
    }

    /** Returns the parameters of the next round, which becomes the last. */
    ExpertTable newRound(CommitteeInput input) {
        if (roundCount > 0) {
            parameters = new ExpertParameters(expert, input, contested);
        }
        term = next;
        roundCount++;
        return table(input);
    }

    /** Returns the parameters of the last round. */
    ExpertTable table(CommitteeInput input) {
        return new ExpertTable(input.layout, parameters, term);
    }

    /**
     * Takes what a round found.
     *
     * @param sums [cells] of the posteriors after it; not modified
     * @param newTerm for the next round
     */
    void endRound(long[] sums, ClassTerm newTerm) {
        contested = sums;
        next = newTerm;
    }

    /** Takes the mean logarithm of the probability of an annotation, given the others of its example. */
    void setScore(double mean) {
        score = mean;
    }

    ExpertParameters parameters() {
        return parameters;
    }

    /** Returns the term after the last round. */
    ClassTerm nextTerm() {
        return next;
    }

    int roundCount() {
        return roundCount;
    }

    double score() {
        return score;
    }
}
