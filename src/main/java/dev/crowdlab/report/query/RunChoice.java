package dev.crowdlab.report.query;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which run a report is about. Thread-safe. */
public final class RunChoice {

    private static final String SHOWN_DATASETS = "; the command datasets lists all datasets";

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
                .orElseThrow(() ->
                        new NoReportException("There is no run " + runId + "; the command runs lists what there is"));
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
