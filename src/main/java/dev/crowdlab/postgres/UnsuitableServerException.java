package dev.crowdlab.postgres;

import dev.crowdlab.text.UserProblem;
import java.sql.SQLException;

/**
 * The server can be reached, but the program cannot work with it. The message is one sentence; nothing was changed
 * there.
 */
public final class UnsuitableServerException extends SQLException implements UserProblem {

    UnsuitableServerException(String message) {
        super(message);
    }
}
