package dev.crowdlab.dataset;

/** Why an input row was refused, in the order in which the reasons are checked: a row gets the first that applies. */
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
