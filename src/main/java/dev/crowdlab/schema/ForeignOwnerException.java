package dev.crowdlab.schema;

import dev.crowdlab.text.UserProblem;

/**
 * Parts of the schemas belong to somebody else than the schema itself, as after a restore, so they cannot be migrated.
 */
public final class ForeignOwnerException extends RuntimeException implements UserProblem {

    ForeignOwnerException(String message, Throwable cause) {
        super(message, cause);
    }
}
