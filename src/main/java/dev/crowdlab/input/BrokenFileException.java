package dev.crowdlab.input;

import dev.crowdlab.postgres.DatabaseException;

/** A file to be loaded is missing, unreadable or malformed; nothing of it was loaded. */
public final class BrokenFileException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    BrokenFileException(String message) {
        super(message);
    }

    BrokenFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
