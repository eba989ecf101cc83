package dev.crowdlab.schema;

import dev.crowdlab.postgres.DatabaseException;

/** The database lacks migrations that this user may not apply. */
public final class PendingMigrationsException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    PendingMigrationsException(String message) {
        super(message);
    }

    PendingMigrationsException(String message, Throwable cause) {
        super(message, cause);
    }
}
