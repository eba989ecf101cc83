package dev.crowdlab.dataset.rejection;

/** How a prediction of one row per class is handled if it lacks classes. */
public enum IncompletePrediction {
    /** It is rejected with {@link RejectionReason#INCOMPLETE_PREDICTION}. */
    REJECT,
    /** The rest to 1 is divided equally among the missing classes, so that one label with a score is enough. */
    SPREAD
}
