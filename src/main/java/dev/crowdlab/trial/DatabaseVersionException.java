package dev.crowdlab.trial;

import dev.crowdlab.text.UserProblem;

/** The embedded database's directory was created by another major version of PostgreSQL. */
public final class DatabaseVersionException extends RuntimeException implements UserProblem {

    DatabaseVersionException(String message) {
        super(message);
    }
}
