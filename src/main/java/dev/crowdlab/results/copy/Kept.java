package dev.crowdlab.results.copy;

/** How long the rows of a run are kept in a table, and with it how they are stored. */
public enum Kept {

    /** In a partition of the run's own, which is dropped with the others; for a row per example or annotation. */
    AS_PARTITION,

    /** In a table that all runs share, as long as the run's partitions. */
    WITH_PARTITIONS,

    /** In a table that all runs share, until the history of the run is removed. */
    AS_HISTORY,

    /** In a table that all runs share, for ever. */
    FOREVER
}
