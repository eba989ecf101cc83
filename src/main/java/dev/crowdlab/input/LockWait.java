package dev.crowdlab.input;

import java.sql.SQLException;
import java.util.Optional;

/** Explains failures of queries that did not get a table lock in time. */
public final class LockWait {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private LockWait() {}

    /** Returns why the query could not run and what to do; empty if the failure has another cause. */
    public static Optional<String> sentence(Throwable failure) {
        return failure instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())
                ? Optional.of("did not get a lock on a table that it reads in the time that crowdlab.lock-timeout"
                        + " allows; find in pg_locks which session holds the table, end it, and run the dataset again")
                : Optional.empty();
    }
}
