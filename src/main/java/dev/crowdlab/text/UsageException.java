package dev.crowdlab.text;

/** The request is not possible; the message says what to do instead. */
public final class UsageException extends RuntimeException implements UserProblem {

    public UsageException(String message) {
        super(message);
    }
}
