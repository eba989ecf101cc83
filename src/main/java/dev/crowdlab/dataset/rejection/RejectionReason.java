package dev.crowdlab.dataset.rejection;

/**
 * Why an input row was rejected. Reasons are checked in three stages: each row alone (MISSING_ID, TOO_LONG,
 * MISSING_LABEL of an annotation, or of gold, UNKNOWN_KIND) while it is read; the rows of an annotator, of an example
 * and model, of an example and annotator, or of an example's gold, together; then examples without any label
 * (ONLY_ABSTENTIONS) or prediction (NO_PREDICTION), and gold of examples that are not analyzed (NOT_ANNOTATED). Within a
 * stage a row gets the first that applies, in this order.
 */
public enum RejectionReason {
    MISSING_ID,
    TOO_LONG,
    MISSING_LABEL,
    UNKNOWN_KIND,
    CONFLICTING_KIND,
    UNKNOWN_LABEL,
    BAD_PROBABILITY,
    DUPLICATE_PREDICTION,
    INCOMPLETE_PREDICTION,
    PROBABILITY_SUM,
    CONFLICTING_ANNOTATION,
    SUPERSEDED_ANNOTATION,
    ONLY_ABSTENTIONS,
    NO_PREDICTION,
    CONFLICTING_GOLD,
    NOT_ANNOTATED
}
