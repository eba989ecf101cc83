package dev.crowdlab.database;

/**
 * Why the database around the job cannot be used as asked. Every message is one sentence for the person at the
 * console: what, where, the offending value, and what to do.
 */
public abstract class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With a sentence. */
    protected DatabaseException(String message) {
        super(message);
    }

    /** With a sentence, and what has led to it. */
    protected DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
