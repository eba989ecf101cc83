package dev.crowdlab.report.query;

import dev.crowdlab.text.UserProblem;

/** There is no run to report about as asked; the message says what to do. */
public final class NoReportException extends RuntimeException implements UserProblem {

    NoReportException(String message) {
        super(message);
    }
}
