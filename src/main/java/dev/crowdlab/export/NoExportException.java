package dev.crowdlab.export;

import dev.crowdlab.text.UserProblem;

/** Nothing was exported; the message says why, and what to do. */
public final class NoExportException extends RuntimeException implements UserProblem {

    private static final long serialVersionUID = 1L;

    NoExportException(String message) {
        super(message);
    }
}
