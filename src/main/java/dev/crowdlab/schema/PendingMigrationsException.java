package dev.crowdlab.schema;

import dev.crowdlab.text.UserProblem;

/** The database lacks migrations that this user may not apply. */
public final class PendingMigrationsException extends RuntimeException implements UserProblem {

    private static final long serialVersionUID = 1L;

    PendingMigrationsException(String message) {
        super(message);
    }

    PendingMigrationsException(String message, Throwable cause) {
        super(message, cause);
    }
}
