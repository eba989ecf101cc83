package dev.crowdlab.input;

import dev.crowdlab.text.UserProblem;

/** A file to be loaded is missing, unreadable or malformed; nothing of it was loaded. */
public final class BrokenFileException extends RuntimeException implements UserProblem {

    BrokenFileException(String message) {
        super(message);
    }

    BrokenFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
