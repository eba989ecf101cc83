package dev.crowdlab.schema;

import dev.crowdlab.postgres.DatabaseException;

/** The schema was migrated by a later version of the program. */
public final class NewerSchemaException extends DatabaseException {

    private static final long serialVersionUID = 1L;

    NewerSchemaException(String message) {
        super(message);
    }
}
