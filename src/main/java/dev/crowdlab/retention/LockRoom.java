package dev.crowdlab.retention;

import dev.crowdlab.results.ResultTableDefinitions;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Checks whether the server's lock table is large enough for readers of the results. Planning a statement on a view
 * locks every partition of its table and the partition's key, and these locks are held until the transaction ends.
 */
public final class LockRoom {

    private static final int LOCKS_OF_PARTITION = 2;

    /** One in this many of the allowed connections is expected to read results at the same time. */
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

    /**
     * Returns the warning that too few statements can read results at the same time; empty if a quarter of the allowed
     * connections can.
     *
     * @param dataSource connections to the result database
     * @param datasetCount how many datasets are run
     * @param keptRuns how many runs of each keep their tables
     */
    public static Optional<String> shortage(DataSource dataSource, long datasetCount, int keptRuns) {
        return JdbcClient.create(dataSource)
                .sql(ROOM)
                .param(ResultTableDefinitions.partitionedNames())
                .query((row, number) -> new Room(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single()
                .shortage(datasetCount, keptRuns);
    }

    /**
     * The size of the server's lock table, and what is in it.
     *
     * @param each locks for each session
     * @param connections sessions that are allowed
     * @param prepared transactions that may be prepared at a time
     * @param partitions of the result table that has the most
     */
    record Room(long each, long connections, long prepared, long partitions) {

        Optional<String> shortage(long datasetCount, int keptRuns) {
            // the newest run of each dataset is attached before its oldest is removed
            long expected = Math.max(partitions, datasetCount * (keptRuns + 1));
            long locks = LOCKS_OF_PARTITION * expected;
            long slots = each * (connections + prepared);
            return slots * SHARE >= locks * connections ? Optional.empty() : Optional.of(sentence(locks, slots));
        }

        private String sentence(long locks, long slots) {
            double needed = (double) locks * connections / SHARE / (connections + prepared);
            return String.format(
                    Locale.ROOT,
                    "The server has room for about %,d locks (max_locks_per_transaction %d for %d connections), and a statement on a"
                            + " view of results takes about %,d, two for each kept partition of a table; more than %d at a time may"
                            + " end with \"out of shared memory\", and so may a run. Set max_locks_per_transaction to %d, keep"
                            + " fewer runs (crowdlab.retention.runs), or divide the datasets among several databases.",
                    slots,
                    each,
                    connections + prepared,
                    locks,
                    slots / locks,
                    (long) Math.ceil(needed / STEP) * STEP);
        }
    }
}
