package dev.crowdlab.trial;

import dev.crowdlab.text.UserProblem;

/** The embedded database could not be unpacked, created, started or stopped. */
public final class EmbeddedDatabaseException extends RuntimeException implements UserProblem {

    EmbeddedDatabaseException(String message) {
        super(message);
    }

    EmbeddedDatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public Kind kind() {
        return Kind.UNREACHABLE;
    }
}
