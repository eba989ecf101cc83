package dev.crowdlab.trial;

import dev.crowdlab.postgres.DatabaseException;

/** The embedded database's directory was created by another major version of PostgreSQL. */
public final class DatabaseVersionException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    DatabaseVersionException(String message) {
        super(message);
    }
}
