package dev.crowdlab.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An exception about something that the caller of the program can correct. It says what is wrong, where, the offending
 * value, and what to do; it contains no secrets.
 */
public interface UserProblem {

    /** Which kind of action solves the problem. */
    enum Kind {
        /** Call the program differently, or change a setting or the database. */
        USAGE,
        /** Wait until another process has finished. */
        IN_USE,
        /** Make sure that the server is running. */
        UNREACHABLE
    }

    /** USAGE unless the exception says otherwise. */
    default Kind kind() {
        return Kind.USAGE;
    }

    /** The problems, one sentence each, at least one. */
    default List<String> sentences() {
        return List.of(String.valueOf(getMessage()));
    }

    /** {@link Throwable#getMessage} of the exception. */
    @Nullable
    String getMessage();
}
