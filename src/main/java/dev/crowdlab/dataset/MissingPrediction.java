package dev.crowdlab.dataset;

/** What happens to an annotated example for which not every model has a usable prediction. */
public enum MissingPrediction {
    /** The example's annotations are refused with {@link RejectionReason#NO_PREDICTION}. */
    REJECT,
    /** The missing prediction is taken to be 1/K for every class. */
    UNIFORM,
    /** The dataset fails. */
    FAIL
}
