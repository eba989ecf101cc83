package dev.crowdlab.engine.pass;

/**
 * The data cannot be analyzed; the message says why, in one sentence. A caller's mistake is an
 * {@link IllegalArgumentException} instead.
 */
public final class UnusableInputException extends RuntimeException {

    /** Creates the exception with a sentence for the reader of the job's log. */
    public UnusableInputException(String message) {
        super(message);
    }
}
