package dev.crowdlab.postgres;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checks whether the server allows enough sessions for datasets that run at the same time. */
public final class SessionRoom {

    /** The most sessions that one dataset uses: lock, snapshot, readers and writers, Spring Batch's metadata. */
    private static final int SESSIONS_OF_DATASET = 10;

    /** Not every server has reserved_connections. Sessions whose kind the user may not see are counted as clients. */
    private static final String ROOM = """
            select current_setting('max_connections')::int,
                current_setting('superuser_reserved_connections')::int
                    + coalesce(current_setting('reserved_connections', true)::int, 0), (
                    select count(*)
                    from pg_stat_activity
                    where datid is not null and coalesce(backend_type, 'client backend') = 'client backend')""";

    private SessionRoom() {}

    private record Room(int most, int reserved, int used) {

        int free() {
            return Math.max(0, most - reserved - used);
        }
    }

    /**
     * Returns a warning if there are too few sessions; empty if there are enough now.
     *
     * @param dataSource connections to the result database
     * @param parallel how many datasets run at the same time
     */
    public static Optional<String> shortage(DataSource dataSource, int parallel) {
        Room room = JdbcClient.create(dataSource)
                .sql(ROOM)
                .query((row, number) -> new Room(row.getInt(1), row.getInt(2), row.getInt(3)))
                .single();
        long needed = (long) SESSIONS_OF_DATASET * parallel;
        return needed <= room.free()
                ? Optional.empty()
                : Optional.of("Up to " + needed + " sessions of the result database are needed to run " + parallel
                        + " datasets at a time, and " + room.free() + " are free (max_connections " + room.most()
                        + ", less " + room.reserved() + " reserved and " + room.used()
                        + " in use). A dataset that gets none is retried, for crowdlab.retry; lower --parallel or raise"
                        + " max_connections.");
    }
}
