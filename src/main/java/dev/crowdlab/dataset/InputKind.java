package dev.crowdlab.dataset;

/** Which input a row came from. */
public enum InputKind {
    ANNOTATION,
    PREDICTION,
    GOLD
}
