package dev.crowdlab.report.query;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which run a report is about. Thread-safe. */
public final class RunChoice {

    private static final String SHOWN_DATASETS = "; the command datasets lists all datasets";

    private static final String LISTED = "; the command runs lists what there is";

    private static final String DROPPED = """
            select dataset, to_char(forgotten_at at time zone 'UTC', 'YYYY-MM-DD')
            from crowdlab.forget_log
            where what = 'dataset' and digests @> pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('run_id', ?::bigint))
            order by forget_id
            limit 1""";

    private final JdbcClient jdbc;

    /** Chooses among the runs in the database that the sessions lead to. */
    public RunChoice(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
    }

    /** A run, and its dataset. */
    public record Chosen(String dataset, long runId) {}

    /** This run, if it has ended. */
    public Chosen run(long runId) {
        return jdbc.sql("select dataset, run_id, status from crowdlab.run where run_id = ?")
                .param(runId)
                .query((row, number) -> {
                    if (row.getString(3).equals("RUNNING")) {
                        throw new NoReportException(
                                "Run " + runId + " has not ended; ask again when the command runs says that it has");
                    }
                    return new Chosen(row.getString(1), row.getLong(2));
                })
                .optional()
                .orElseThrow(() -> new NoReportException(whyThereIsNone(runId)));
    }

    private String whyThereIsNone(long runId) {
        return jdbc.sql(DROPPED)
                .param(runId)
                .query((row, number) -> "Run " + runId + " is gone: its dataset '" + row.getString(1)
                        + "' was dropped on " + row.getString(2) + LISTED)
                .optional()
                .orElseGet(() -> "There is no run " + runId + LISTED);
    }

    /**
     * This run, to be set beside the chosen one.
     *
     * @throws NoReportException if one of them has no results, or if they are the same
     */
    public Chosen beside(Chosen chosen, long runId) {
        if (runId == chosen.runId()) {
            throw new NoReportException(
                    "Run " + runId + " cannot be compared with itself; name another run with" + " --compare" + LISTED);
        }
        Chosen other = run(runId);
        requireResults(chosen.runId());
        requireResults(runId);
        return other;
    }

    private void requireResults(long runId) {
        String status = jdbc.sql("select status from crowdlab.run where run_id = ?")
                .param(runId)
                .query(String.class)
                .single();
        if (status.equals("FAILED")) {
            throw new NoReportException("Run " + runId + " failed, so it has no results to compare" + LISTED);
        }
        if (status.equals("SKIPPED")) {
            throw new NoReportException("Run " + runId + " found nothing new, so it has no results of its own to"
                    + " compare; name the run that was published before it");
        }
    }

    /** The run of the dataset that the dashboards show. */
    public Chosen published(String dataset) {
        return current(Optional.of(dataset)).stream()
                .findFirst()
                .orElseThrow(() -> new NoReportException(whyNothingIsPublished(dataset)));
    }

    /** The same of the only dataset that the dashboards show. */
    public Chosen published() {
        List<Chosen> datasets = current(Optional.empty());
        if (datasets.isEmpty()) {
            throw new NoReportException("Nothing is published yet; the command run publishes the datasets");
        }
        if (datasets.size() > 1) {
            throw new NoReportException(datasets.size() + " datasets are published, '"
                    + datasets.get(0).dataset() + "' among them: name one with --dataset" + SHOWN_DATASETS);
        }
        return datasets.get(0);
    }

    private String whyNothingIsPublished(String dataset) {
        Optional<Long> newest = jdbc.sql(
                        "select max(run_id) from crowdlab.run where dataset = ? and status <> 'RUNNING'")
                .param(dataset)
                .query(Long.class)
                .optional();
        return newest.map(run -> "Dataset '" + dataset + "' is not published; run --dataset " + dataset
                        + " publishes it, and report --run " + run + " shows its newest run")
                .orElseGet(() -> "There is no run of a dataset '" + dataset + "'" + SHOWN_DATASETS);
    }

    /** The runs that the dashboards show, by dataset. */
    public List<Chosen> all() {
        return current(Optional.empty());
    }

    private List<Chosen> current(Optional<String> dataset) {
        return jdbc.sql("""
                        select dataset, run_id from crowdlab.published_run
                        where dataset = coalesce(?::text, dataset) order by dataset""")
                .param(dataset.orElse(null))
                .query((row, number) -> new Chosen(row.getString(1), row.getLong(2)))
                .list();
    }
}
