package dev.crowdlab.dataset;

/** Which input a row came from. */
public enum InputSource {
    ANNOTATION,
    PREDICTION
}
