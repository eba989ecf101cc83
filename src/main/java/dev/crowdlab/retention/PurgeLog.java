package dev.crowdlab.retention;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The permanent record of what was removed. */
public final class PurgeLog {

    private PurgeLog() {}

    /** Records a removal. Must be called in the transaction that removes. */
    public static void add(JdbcClient jdbc, String what, List<Long> runIds, long rowCount) {
        jdbc.sql("insert into crowdlab.purge_log (what, run_ids, rows) values (?, ?, ?)")
                .params(what, runIds.toArray(Long[]::new), rowCount)
                .update();
    }
}
