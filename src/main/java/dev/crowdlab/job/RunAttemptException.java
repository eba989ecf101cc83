package dev.crowdlab.job;

/** An attempt to run a dataset has failed; the cause decides whether a retry makes sense. */
final class RunAttemptException extends Exception {

    private final transient RunOutcome outcome;

    RunAttemptException(RunOutcome outcome, Throwable cause) {
        super(cause);
        this.outcome = outcome;
    }

    RunOutcome outcome() {
        return outcome;
    }
}
