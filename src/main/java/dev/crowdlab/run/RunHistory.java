package dev.crowdlab.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the list of past runs; {@link RunFields} has more about a single one. Thread-safe. */
public final class RunHistory {

    private static final String LINES = """
            select r.run_id, r.dataset, r.as_of, r.status, p.run_id is not null as is_current, r.started_at,
                extract(epoch from coalesce(r.finished_at, now()) - r.started_at)::double precision as seconds,
                r.num_examples, r.num_annotations, r.num_rejected,
                r.became_current, (
                    select string_agg(case c.code when 'FAILED' then c.message else c.code end, ', ' order by c.rank, c.code)
                    from crowdlab.run_check c
                    where c.run_id = r.run_id and c.severity = 'FAIL') as reason
            from crowdlab.run r
            left join crowdlab.published_run p on p.run_id = r.run_id""";

    private final JdbcClient jdbc;

    public RunHistory(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /**
     * One line of the history.
     *
     * @param runId the run's number
     * @param dataset the dataset
     * @param asOf the time that the run describes
     * @param status RUNNING, PUBLISHED, SKIPPED, REFUSED or FAILED
     * @param isCurrent whether the dashboards show it
     * @param startedAt when it began
     * @param duration how long it took, or has taken so far if it is not closed
     * @param exampleCount number of examples analyzed, if known
     * @param annotationCount number of annotations analyzed, if known
     * @param rejectedCount number of rejected rows, if known
     * @param becameCurrent whether the dashboards showed it from its end on; empty if it is not closed
     * @param reason why it failed, or the codes of the checks that refused it; empty if neither
     */
    // more components: one for each column of the list of runs
    public record Line(
            long runId,
            String dataset,
            Instant asOf,
            String status,
            boolean isCurrent,
            Instant startedAt,
            Duration duration,
            OptionalLong exampleCount,
            OptionalLong annotationCount,
            OptionalLong rejectedCount,
            Optional<Boolean> becameCurrent,
            Optional<String> reason) {

        /** Whether it was published without the dashboards showing it at its end. */
        public boolean isHistoryOnly() {
            return status.equals("PUBLISHED") && !becameCurrent.orElse(true);
        }
    }

    /** Returns the newest runs, newest first, of one dataset or of all. */
    public List<Line> newest(Optional<String> dataset, int limit) {
        return jdbc.sql(LINES + " where r.dataset = coalesce(:dataset::text, r.dataset)"
                        + " order by r.run_id desc limit :limit")
                .param("dataset", dataset.orElse(null))
                .param("limit", limit)
                .query(RunHistory::line)
                .list();
    }

    /** Returns the published run of every dataset, by dataset. */
    public List<Line> published() {
        return jdbc.sql(LINES + " where p.run_id is not null order by r.dataset")
                .query(RunHistory::line)
                .list();
    }

    /** Returns those of the datasets of which no run has begun for this long. */
    public Set<String> unattended(Collection<String> datasets, Duration longest) {
        return Set.copyOf(jdbc.sql("""
                        select name
                        from unnest(?::text[]) as name
                        where not exists (
                            select from crowdlab.run r
                            where r.dataset = name and r.started_at > now() - make_interval(secs => ?))""")
                .params(datasets.toArray(String[]::new), (double) longest.toSeconds())
                .query((row, number) -> row.getString(1))
                .list());
    }

    /** Returns the datasets that have a run, in code-point order. */
    public List<String> datasets() {
        return jdbc.sql("select distinct dataset from crowdlab.run order by dataset")
                .query((row, number) -> row.getString(1))
                .list();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        return new Line(
                row.getLong("run_id"),
                row.getString("dataset"),
                row.getObject("as_of", OffsetDateTime.class).toInstant(),
                row.getString("status"),
                row.getBoolean("is_current"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Duration.ofMillis(Math.round(1_000 * row.getDouble("seconds"))),
                count(row.getObject("num_examples", Long.class)),
                count(row.getObject("num_annotations", Long.class)),
                count(row.getObject("num_rejected", Long.class)),
                Optional.ofNullable(row.getObject("became_current", Boolean.class)),
                Optional.ofNullable(row.getString("reason")));
    }

    private static OptionalLong count(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
