package dev.crowdlab.input;

import java.sql.SQLException;
import java.util.Optional;

/** What is to be said of a query that did not get the lock it needs on a table. */
public final class LockWait {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private LockWait() {}

    /** Why the query could not be asked and what to do; empty: the failure is another. */
    public static Optional<String> sentence(Throwable failure) {
        return failure instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())
                ? Optional.of("waited in vain for a lock on a table that it reads, for as long as crowdlab.lock-timeout"
                        + " allows; find in pg_locks which session holds the table, end it, and run the dataset again")
                : Optional.empty();
    }
}
