package dev.crowdlab.notification;

import dev.crowdlab.run.DriftingAnnotators;
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
        return jdbc.sql("select dataset, published_at, newest_annotation, last_run_id, last_run_status, run_id"
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
                DriftingAnnotators.of(jdbc, row.getLong("run_id")),
                findings(row.getLong("last_run_id"), row.getString("last_run_status"), row.getLong("run_id")));
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

    /** Of a run that found nothing new, the findings of the published one hold on. */
    private Map<String, String> findings(long lastRunId, String lastStatus, long publishedRunId) {
        Map<String, String> severities = new TreeMap<>();
        jdbc.sql("""
                        select code, severity from crowdlab.run_check
                        where run_id in (?, ?) and severity <> 'INFO'
                        order by run_id""")
                .params(lastRunId, lastStatus.equals("SKIPPED") ? publishedRunId : lastRunId)
                .query(row -> {
                    severities.put(row.getString("code"), row.getString("severity"));
                });
        return severities;
    }
}
