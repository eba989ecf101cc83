package dev.crowdlab.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** Connection pools, for work that needs no session of its own. */
public final class ConnectionPool {

    /**
     * A pool is large enough that no thread waits for a free connection. This only limits the waits without a server,
     * several of which may follow each other before a run can end.
     */
    private static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private ConnectionPool() {}

    /**
     * Creates a pool that starts empty and fails its first connection at once if there is no server. A step holds a
     * connection for a whole block or table, so the pool must not limit how many datasets run at the same time; the
     * server's max_connections does.
     */
    public static HikariDataSource of(ConnectionFactory connections) {
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("crowdlab-etl");
        pool.setDataSource(connections);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(
                connections.longestWayToAnotherHost().orElse(MAX_WAIT).toMillis());
        pool.setMaximumPoolSize(1_000);
        return pool;
    }
}
