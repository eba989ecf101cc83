package dev.crowdlab.engine.dawidskene;

import dev.crowdlab.engine.DawidSkene;

/**
 * The parameters that {@link DawidSkene} found. Annotators and classes are numbered as in the input; an index out of
 * range is an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class DawidSkeneEstimates {

    private final DawidSkeneModel model;
    private final double logLikelihood;
    private final int roundCount;
    private final boolean isConverged;

    DawidSkeneEstimates(DawidSkeneModel model, double logLikelihood, int roundCount, boolean isConverged) {
        this.model = model;
        this.logLikelihood = logLikelihood;
        this.roundCount = roundCount;
        this.isConverged = isConverged;
    }

    /** Returns what gives the posterior of every example. */
    public DawidSkeneModel model() {
        return model;
    }

    /** Returns the share of examples of the class, in [0, 1]; all add up to 1. */
    public double classShare(int label) {
        return model.share(label);
    }

    /**
     * Returns the probability that the annotator gives the class {@code given} to an example of the class {@code
     * trueClass}, in (0, 1); the same for all given classes where the annotator met no example that may be of the true
     * class.
     */
    public double confusion(int annotator, int trueClass, int given) {
        return model.confusion(annotator, trueClass, given);
    }

    /**
     * Returns the mean, over the annotations, of the logarithm of their examples' probability before the last round;
     * not positive.
     */
    public double logLikelihood() {
        return logLikelihood;
    }

    /** Returns the number of rounds, at least 2. */
    public int roundCount() {
        return roundCount;
    }

    /** Returns whether the rounds ended because nothing changed any more, and not because there were too many. */
    public boolean isConverged() {
        return isConverged;
    }
}
