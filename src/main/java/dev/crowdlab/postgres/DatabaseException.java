package dev.crowdlab.postgres;

/**
 * The database cannot be used as requested. The message is one sentence for the person at the console: what, where, the
 * offending value, and what to do.
 */
public abstract class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Which kind of action solves the problem. */
    public enum Kind {
        /** Call the program differently, or change a setting or the database. */
        USAGE,
        /** Wait until another process has finished. */
        IN_USE,
        /** Make sure that the server is running. */
        UNREACHABLE
    }

    protected DatabaseException(String message) {
        super(message);
    }

    protected DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    public Kind kind() {
        return Kind.USAGE;
    }
}
