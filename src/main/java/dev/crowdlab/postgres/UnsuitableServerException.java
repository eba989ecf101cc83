package dev.crowdlab.postgres;

import java.sql.SQLException;

/** The server can be reached, and is none that the program can work on. The message is one sentence; nothing was done there. */
public final class UnsuitableServerException extends SQLException {

    private static final long serialVersionUID = 1L;

    UnsuitableServerException(String message) {
        super(message);
    }
}
