package dev.crowdlab.engine.annotator;

/** Why an annotator has no quality. */
public enum MissingQualityReason {
    /** No example of the annotator was labeled by anybody else, so there is nothing to compare its labels with. */
    NO_MULTI_ANNOTATED_EXAMPLE
}
