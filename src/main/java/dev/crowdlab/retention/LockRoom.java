package dev.crowdlab.retention;

import dev.crowdlab.results.ResultTableDefinitions;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether the server has room for the locks of those who read results. A statement on a view locks every partition of its table and
 * the partition's key while it is planned, and keeps these locks to its end.
 */
public final class LockRoom {

    private static final int LOCKS_OF_PARTITION = 2;

    /** This part of the sessions that the server admits may read results at a time. */
    private static final int SHARE = 4;

    private static final int STEP = 64;

    private static final String ROOM = """
            select current_setting('max_locks_per_transaction')::bigint as each,
                current_setting('max_connections')::bigint as connections,
                current_setting('max_prepared_transactions')::bigint as prepared, (
                    select coalesce(max(p.partitions), 0)
                    from (
                        select count(*) as partitions
                        from pg_inherits i
                        where i.inhparent = any (array(
                            select to_regclass('crowdlab.' || name)::oid from unnest(cast(? as text[])) as name))
                        group by i.inhparent) p) as partitions""";

    private LockRoom() {}

    private record Room(long each, long connections, long prepared, long partitions) {}

    /**
     * The warning that too few statements can read results at a time; empty: there is room for a quarter of the sessions that the
     * server admits.
     *
     * @param sessions of the result database
     * @param datasetCount how many datasets are run
     * @param keptRuns how many runs of each keep their tables
     */
    public static Optional<String> shortage(DataSource sessions, long datasetCount, int keptRuns) {
        Room room = JdbcClient.create(sessions)
                .sql(ROOM)
                .param(ResultTableDefinitions.partitionedNames())
                .query((row, number) -> new Room(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single();
        // the newest of each dataset is attached before the oldest goes
        long partitions = Math.max(room.partitions(), datasetCount * (keptRuns + 1));
        long locks = LOCKS_OF_PARTITION * partitions;
        long slots = room.each() * (room.connections() + room.prepared());
        return slots * SHARE >= locks * room.connections()
                ? Optional.empty()
                : Optional.of(sentence(room, locks, slots));
    }

    private static String sentence(Room room, long locks, long slots) {
        double needed = (double) locks * room.connections() / SHARE / (room.connections() + room.prepared());
        return String.format(
                Locale.ROOT,
                "The server has room for some %,d locks (max_locks_per_transaction %d for %d connections), and a statement on a"
                        + " view of results takes about %,d, two for each kept partition of a table; more than %d at a time may"
                        + " end with \"out of shared memory\", and so may a run. Set max_locks_per_transaction to %d, keep"
                        + " fewer runs (crowdlab.retention.runs), or give groups of datasets a database each.",
                slots,
                room.each(),
                room.connections() + room.prepared(),
                locks,
                slots / locks,
                (long) Math.ceil(needed / STEP) * STEP);
    }
}
