package dev.crowdlab.postgres;

/**
 * Why the database around the job cannot be used as asked. Every message is one sentence for the person at the
 * console: what, where, the offending value, and what to do.
 */
public abstract class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What somebody can do about it. */
    public enum Kind {
        /** Call the program in another way, or change a setting or the database. */
        USAGE,
        /** Wait until somebody else has ended. */
        IN_USE,
        /** See to it that the server runs. */
        UNREACHABLE
    }

    /** With a sentence. */
    protected DatabaseException(String message) {
        super(message);
    }

    /** With a sentence, and what has led to it. */
    protected DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What somebody can do about it. */
    public Kind kind() {
        return Kind.USAGE;
    }
}
