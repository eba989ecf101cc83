package dev.crowdlab.dataset.rejection;

/** How an annotated example is handled if not every model has a usable prediction for it. */
public enum MissingPrediction {
    /** The example's annotations are rejected with {@link RejectionReason#NO_PREDICTION}. */
    REJECT,
    /** The missing prediction is replaced by 1/K for every class. */
    UNIFORM,
    /** The dataset fails. */
    FAIL
}
