package dev.crowdlab.dataset.rejection;

/** Which input a row came from. */
public enum InputKind {
    ANNOTATION,
    PREDICTION,
    GOLD
}
