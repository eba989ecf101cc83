package dev.crowdlab.schema;

import dev.crowdlab.text.UserProblem;

/** The database lacks migrations, and the command does not apply them, or the user may not. */
public final class PendingMigrationsException extends RuntimeException implements UserProblem {

    private final boolean isAppliedByRun;
    private final boolean isFirst;

    PendingMigrationsException(String message) {
        this(message, false, false);
    }

    PendingMigrationsException(String message, boolean isAppliedByRun, boolean isFirst) {
        super(message);
        this.isAppliedByRun = isAppliedByRun;
        this.isFirst = isFirst;
    }

    PendingMigrationsException(String message, Throwable cause) {
        super(message, cause);
        isAppliedByRun = false;
        isFirst = false;
    }

    /** Whether the command run would apply them, so that nothing is in its way. */
    public boolean isAppliedByRun() {
        return isAppliedByRun;
    }

    /** Whether there is nothing of the program in the database yet. */
    public boolean isFirst() {
        return isFirst;
    }
}
