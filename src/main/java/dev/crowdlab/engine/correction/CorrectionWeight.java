package dev.crowdlab.engine.correction;

/**
 * One weight of a correction.
 *
 * @param feature what it weighs
 * @param number of the class or annotator; -1 for the others
 * @param weight may be negative
 */
public record CorrectionWeight(Feature feature, int number, double weight) {

    /** What a correction looks at. */
    public enum Feature {
        /** The logarithm of the posterior of a class. */
        LOG_POSTERIOR,

        /** The logarithm of the share of votes for a class. */
        LOG_VOTES,

        /** Whether it is this class. */
        CLASS,

        /** Whether this annotator gave the class. */
        ANNOTATOR
    }
}
