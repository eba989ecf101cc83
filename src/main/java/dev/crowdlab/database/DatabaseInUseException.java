package dev.crowdlab.database;

/** Someone else has the embedded database's directory or its port. */
public final class DatabaseInUseException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    DatabaseInUseException(String message) {
        super(message);
    }
}
