package dev.crowdlab.retention;

import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes what a run wrote before it failed; none of it was ever visible in the dashboards' views. */
public final class PartialRunCleanup {

    private PartialRunCleanup() {}

    /** Drops the run's stand-alone tables and deletes its rows in the shared ones. Must be called in a transaction. */
    public static void clear(JdbcClient jdbc, long runId) {
        dropTables(jdbc, runId);
        for (ResultTableDefinition table : ResultTableDefinitions.SHARED) {
            jdbc.sql("delete from crowdlab." + table.name() + " where run_id = ?")
                    .param(runId)
                    .update();
        }
        jdbc.sql("delete from crowdlab.run_part where run_id = ?").param(runId).update();
        jdbc.sql("delete from crowdlab.run_table where run_id = ?").param(runId).update();
    }

    /**
     * Drops the run's stand-alone tables. Attached tables are left alone, because dropping them would block readers.
     */
    public static void dropTables(JdbcClient jdbc, long runId) {
        for (ResultTableDefinition table : ResultTableDefinitions.PARTITIONED) {
            if (!isAttached(jdbc, table, runId)) {
                jdbc.sql("drop table if exists " + table.target(runId)).update();
            }
        }
    }

    /** Whether a large table of the run is attached, so that readers may be using it. */
    public static boolean isAnyAttached(JdbcClient jdbc, long runId) {
        return ResultTableDefinitions.PARTITIONED.stream().anyMatch(table -> isAttached(jdbc, table, runId));
    }

    private static boolean isAttached(JdbcClient jdbc, ResultTableDefinition table, long runId) {
        return jdbc.sql("select exists (select from pg_inherits where inhrelid = to_regclass(?))")
                .param(table.target(runId))
                .query(Boolean.class)
                .single();
    }
}
