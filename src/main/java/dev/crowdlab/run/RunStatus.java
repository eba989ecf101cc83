package dev.crowdlab.run;

/** The state of a run. */
public enum RunStatus {
    RUNNING,
    PUBLISHED,
    SKIPPED,
    REFUSED,
    FAILED
}
