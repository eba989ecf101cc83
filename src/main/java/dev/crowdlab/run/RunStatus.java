package dev.crowdlab.run;

/** How far a run has come. */
public enum RunStatus {
    RUNNING,
    PUBLISHED,
    SKIPPED,
    REFUSED,
    FAILED
}
