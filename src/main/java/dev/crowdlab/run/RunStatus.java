package dev.crowdlab.run;

/** The state of a run. Every run starts as RUNNING and ends, once and for good, in one of the other states. */
public enum RunStatus {
    /** Not yet closed; its process may have died since. */
    RUNNING,
    /** The result is in the views; the dashboards show the newest one unless another is published by hand. */
    PUBLISHED,
    /** Its input was that of the published run, so nothing was computed and the published run stays. */
    SKIPPED,
    /** A check kept its result back: the tables can be inspected, but the views do not include them. */
    REFUSED,
    /** It ended with an error; what it wrote was removed. */
    FAILED
}
