package dev.crowdlab.schema;

import dev.crowdlab.text.UserProblem;

/** The schema was migrated by a later version of the program. */
public final class NewerSchemaException extends RuntimeException implements UserProblem {

    NewerSchemaException(String message) {
        super(message);
    }
}
