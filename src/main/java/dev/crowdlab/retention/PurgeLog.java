package dev.crowdlab.retention;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The record of what was removed, kept for ever. */
public final class PurgeLog {

    private PurgeLog() {}

    /** Adds a removal; to be called in its transaction. */
    public static void add(JdbcClient jdbc, String what, List<Long> runIds, long rowCount) {
        jdbc.sql("insert into crowdlab.purge_log (what, run_ids, rows) values (?, ?, ?)")
                .params(what, runIds.toArray(Long[]::new), rowCount)
                .update();
    }
}
