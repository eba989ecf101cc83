package dev.crowdlab.dataset;

/** What happens to a prediction of one row per class that lacks classes. */
public enum IncompletePrediction {
    /** It is refused with {@link RejectionReason#INCOMPLETE_PREDICTION}. */
    REJECT,
    /** What its probabilities leave to 1 is given to the other classes in equal parts: one label with a score is enough. */
    SPREAD
}
