package dev.crowdlab.publish;

import dev.crowdlab.publish.ResultTable.TableShape;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clears away what a run that did not end well has written: nothing of it was ever visible in the dashboards' views. */
final class RunRemains {

    private RunRemains() {}

    /** Drops the run's stand-alone tables and deletes its rows in the shared ones; to be called in a transaction. */
    static void clear(JdbcClient jdbc, long runId) {
        dropTables(jdbc, runId);
        for (TableShape table : Tables.SHARED) {
            jdbc.sql("delete from crowdlab." + table.name() + " where run_id = ?")
                    .param(runId)
                    .update();
        }
        jdbc.sql("delete from crowdlab.run_table where run_id = ?").param(runId).update();
    }

    /** Drops the run's stand-alone tables. */
    static void dropTables(JdbcClient jdbc, long runId) {
        for (TableShape table : Tables.PARTITIONED) {
            jdbc.sql("drop table if exists " + table.target(runId)).update();
        }
    }
}
