package dev.crowdlab.audit;

/** How far a run has come. */
public enum RunStatus {
    RUNNING,
    PUBLISHED,
    SKIPPED,
    REFUSED,
    FAILED
}
