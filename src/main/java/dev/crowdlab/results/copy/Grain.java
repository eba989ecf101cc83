package dev.crowdlab.results.copy;

/** What a table has one row for, if the figures of a run say how many there are. */
public enum Grain {
    EXAMPLE,
    ANNOTATION,
    ANNOTATOR,
    /** Something else: only the analysis knows how many rows there are. */
    OTHER
}
