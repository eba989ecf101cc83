package dev.crowdlab.engine.stop;

/** Why no example has a state. */
public enum StopRefusal {
    /** A target accuracy cannot be promised without 50 examples with random gold whose consensus is not gold itself. */
    TARGET_WITHOUT_GOLD,

    /** Annotators share errors, and there are not as many: probabilities are too high then, and all would be done. */
    MACHINES_WITHOUT_GOLD
}
