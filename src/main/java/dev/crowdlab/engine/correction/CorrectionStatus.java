package dev.crowdlab.engine.correction;

/** What gold did to a consensus. */
public enum CorrectionStatus {
    /** Fewer than 20 gold labels: nothing is estimated. */
    TOO_LITTLE_GOLD,

    /** The labels stay; probabilities and accuracy are measured. */
    KEPT,

    /** The labels were corrected, as cross-validation shows that they gain. */
    CHANGED
}
