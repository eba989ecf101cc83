package dev.crowdlab.postgres;

import dev.crowdlab.text.UserProblem;

/**
 * Another process uses something that is needed: the embedded database's directory or port, or a lock on a table to be
 * migrated.
 */
public final class DatabaseInUseException extends RuntimeException implements UserProblem {

    public DatabaseInUseException(String message) {
        super(message);
    }

    public DatabaseInUseException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Kind kind() {
        return Kind.IN_USE;
    }
}
