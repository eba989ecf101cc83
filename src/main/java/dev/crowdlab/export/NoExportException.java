package dev.crowdlab.export;

import dev.crowdlab.text.UserProblem;

/** Nothing was exported; the message says why, and what to do. */
public final class NoExportException extends RuntimeException implements UserProblem {

    NoExportException(String message) {
        super(message);
    }
}
