package dev.crowdlab.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** Pools of sessions that need not end with what was done on them. */
public final class ConnectionPool {

    /** Nobody waits for a free connection; without a server several waits follow each other before the run can end. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private ConnectionPool() {}

    /**
     * A pool that begins empty, and gives up its first connection at once if there is no server. A step holds a connection as long as
     * its block lasts, or its table, so the pool must not be what limits how many datasets run at a time; the server's
     * max_connections does.
     */
    public static HikariDataSource of(ConnectionFactory sessions) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("crowdlab-etl");
        pool.setDataSource(sessions);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(
                sessions.longestWayToAnotherHost().orElse(LONGEST_WAIT).toMillis());
        pool.setMaximumPoolSize(1_000);
        return pool;
    }
}
