package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;

/**
 * What {@link Committee} found about one of its experts. Models are numbered as in the input; an index out of range is
 * an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class ExpertEstimate {

    private final Expert expert;
    private final double weight;
    private final double score;
    private final int roundCount;
    private final ClassTerm term;

    ExpertEstimate(ExpertFit fit, double weight) {
        expert = fit.expert();
        this.weight = weight;
        score = fit.score();
        roundCount = fit.roundCount();
        term = fit.nextTerm();
    }

    /** Returns which expert it is. */
    public Expert expert() {
        return expert;
    }

    /** Returns the weight of the expert in the consensus, in [0, 1]; the weights of all experts add up to 1. */
    public double weight() {
        return weight;
    }

    /**
     * Returns the mean logarithm of the probability that the expert gives an annotation when it knows the others of the
     * example, not positive; 0 if no example has two annotations.
     */
    public double looScore() {
        return score;
    }

    /** Returns how many rounds the expert took, from 1 to 60. */
    public int roundCount() {
        return roundCount;
    }

    /** Returns lambda, the expert's weight for the model, in [0, 2]: with 1 its probabilities are used unchanged. */
    public double modelWeight(int model) {
        return term.models[model];
    }
}
