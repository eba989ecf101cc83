package dev.crowdlab.dataset;

/**
 * Why an input row was rejected. Reasons are checked in three stages: each row alone (MISSING_ID, TOO_LONG, MISSING_LABEL of an
 * annotation) while it is read; the rows of an example and model, or of an example and annotator, together; then examples
 * without a prediction (NO_PREDICTION). Within a stage a row gets the first that applies, in this order.
 */
public enum RejectionReason {
    MISSING_ID,
    TOO_LONG,
    MISSING_LABEL,
    UNKNOWN_LABEL,
    BAD_PROBABILITY,
    DUPLICATE_PREDICTION,
    INCOMPLETE_PREDICTION,
    PROBABILITY_SUM,
    CONFLICTING_ANNOTATION,
    SUPERSEDED_ANNOTATION,
    NO_PREDICTION
}
