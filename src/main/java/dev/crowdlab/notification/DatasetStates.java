package dev.crowdlab.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the states of datasets from the views and the record of runs. */
public final class DatasetStates {

    private final JdbcClient jdbc;

    public DatasetStates(DataSource database) {
        jdbc = JdbcClient.create(database);
    }

    /**
     * Returns the states of all datasets that ever had a run, by name.
     *
     * @throws org.springframework.dao.DataAccessException if the database cannot be read
     */
    public List<DatasetState> all() {
        return jdbc.sql("select dataset, published_at, newest_annotation, last_run_id, run_id"
                        + " from crowdlab_bi.freshness order by dataset collate \"C\"")
                .query((row, number) -> state(row))
                .list();
    }

    private DatasetState state(ResultSet row) throws SQLException {
        return new DatasetState(
                row.getString("dataset"),
                instant(row.getObject("published_at", OffsetDateTime.class)),
                instant(row.getObject("newest_annotation", OffsetDateTime.class)),
                rejectedRows(row.getLong("last_run_id")),
                agreement(row.getLong("run_id")),
                driftingAnnotators(row.getLong("run_id")));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private Map<String, Long> rejectedRows(long runId) {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.sql("select source || ' ' || reason as kind, num_rows from crowdlab.rejected_count where run_id = ?")
                .param(runId)
                .query(row -> {
                    counts.put(row.getString("kind"), row.getLong("num_rows"));
                });
        return counts;
    }

    private Map<String, Double> agreement(long runId) {
        Map<String, Double> values = new TreeMap<>();
        jdbc.sql("select statistic, value from crowdlab.dataset_stats where run_id = ? and value is not null")
                .param(runId)
                .query(row -> {
                    values.put(row.getString("statistic"), row.getDouble("value"));
                });
        return values;
    }

    private List<String> driftingAnnotators(long runId) {
        return jdbc.sql("""
                        select annotator_id
                        from (select distinct on (annotator_id) annotator_id, is_drifting from crowdlab.annotator_period
                            where run_id = ? order by annotator_id, period_start desc) last_periods
                        where is_drifting
                        order by annotator_id""")
                .param(runId)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
