package dev.crowdlab.engine.quality;

/** The source of the estimates of the quality of labels and annotators. */
public enum QualityMethod {
    /** The weighted ensemble of models and annotators, arXiv 2210.06812. */
    CROWDLAB,
    /** The share of votes alone: no weights, no model. */
    AGREEMENT
}
