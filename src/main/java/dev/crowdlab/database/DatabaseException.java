package dev.crowdlab.database;

/**
 * Why the database around the job cannot be used as asked. Every message is one sentence for the person at the
 * console: what, where, the offending value, and what to do.
 */
public abstract sealed class DatabaseException extends RuntimeException
        permits BrokenFileException,
                DatabaseInUseException,
                DatabaseVersionException,
                EmbeddedDatabaseException,
                NewerSchemaException,
                PendingMigrationsException {

    private static final long serialVersionUID = 1L;

    DatabaseException(String message) {
        super(message);
    }

    DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
