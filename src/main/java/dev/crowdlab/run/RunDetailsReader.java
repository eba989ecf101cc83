package dev.crowdlab.run;

import dev.crowdlab.run.RunDetails.Annotators;
import dev.crowdlab.run.RunDetails.ConsensusMethod;
import dev.crowdlab.run.RunDetails.Course;
import dev.crowdlab.run.RunDetails.Digests;
import dev.crowdlab.run.RunDetails.Expert;
import dev.crowdlab.run.RunDetails.Json;
import dev.crowdlab.run.RunDetails.Model;
import dev.crowdlab.run.RunDetails.Numbers;
import dev.crowdlab.run.RunDetails.RejectedCount;
import dev.crowdlab.run.RunDetails.Run;
import dev.crowdlab.run.RunDetails.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the database knows of one run. Thread-safe. */
public final class RunDetailsReader {

    private final JdbcClient jdbc;

    public RunDetailsReader(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** Returns the details of a run; empty if there is no such run. */
    public Optional<RunDetails> read(long runId) {
        return run(runId)
                .map(run -> new RunDetails(
                        run,
                        new FindingReader(jdbc)
                                .read(runId).stream().map(FindingDetails::of).toList(),
                        query("""
                                select table_name, row_count, digest, removed_at
                                from crowdlab.run_table where run_id = ? order by table_name""", runId).query(RunDetailsReader::table).list(),
                        query("""
                                select model, model_weight, temperature, coverage
                                from crowdlab.run_model where run_id = ? order by model""", runId).query(RunDetailsReader::model).list(),
                        query("""
                                select c.*, c.consensus_method = r.settings -> 'consensus_methods' ->> 0 as is_published
                                from crowdlab.run_consensus c join crowdlab.run r using (run_id) where run_id = ?
                                order by is_published desc, consensus_method""", runId)
                                .query(RunDetailsReader::consensusMethod)
                                .list(),
                        query("""
                                select expert, weight, loo_score, rounds
                                from crowdlab.run_expert where run_id = ? order by expert""", runId).query(RunDetailsReader::expert).list(),
                        query("""
                                select count(*) as num_annotators,
                                    min(annotator_weight) as least_annotator_weight,
                                    max(annotator_weight) as greatest_annotator_weight,
                                    min(annotator_quality) as least_annotator_quality,
                                    max(annotator_quality) as greatest_annotator_quality
                                from crowdlab.annotator_stats where run_id = ?""", runId).query(Annotators.class).single(),
                        query("""
                                select source, reason, num_rows from crowdlab.rejected_count where run_id = ?
                                order by num_rows desc, source, reason""", runId).query(RunDetailsReader::rejectedCount).list()));
    }

    private Optional<Run> run(long runId) {
        return query("""
                select r.*, exists (select from crowdlab.published_run p where p.run_id = r.run_id) as is_current,
                    extract(epoch from coalesce(r.finished_at, now()) - r.started_at)::double precision as seconds
                from crowdlab.run r where r.run_id = ?""", runId).query(RunDetailsReader::run).optional();
    }

    private JdbcClient.StatementSpec query(String query, long runId) {
        return jdbc.sql(query).param(runId);
    }

    private static Run run(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getLong("run_id"),
                row.getString("dataset"),
                row.getString("status"),
                row.getBoolean("is_current"),
                row.getObject("became_current", Boolean.class),
                requireMoment(row, "as_of"),
                course(row),
                row.getString("software_version"),
                row.getInt("results_version"),
                new Json(row.getString("settings")),
                numbers(row),
                new Digests(
                        row.getString("input_digest"),
                        row.getString("output_digest"),
                        row.getString("previous_hash"),
                        row.getString("hash")));
    }

    private static Course course(ResultSet row) throws SQLException {
        return new Course(
                row.getString("started_by"),
                requireMoment(row, "started_at"),
                moment(row, "finished_at"),
                Duration.ofMillis(Math.round(1_000 * row.getDouble("seconds"))),
                row.getObject("job_execution_id", Long.class));
    }

    private static Numbers numbers(ResultSet row) throws SQLException {
        return new Numbers(
                row.getObject("num_examples", Long.class),
                row.getObject("num_annotations", Long.class),
                row.getObject("num_annotators", Long.class),
                row.getObject("num_classes", Long.class),
                row.getObject("num_unlabeled", Long.class),
                row.getObject("num_collapsed", Long.class),
                row.getObject("num_rejected", Long.class),
                row.getObject("consensus_likelihood", Double.class));
    }

    private static Table table(ResultSet row, int number) throws SQLException {
        return new Table(
                row.getString("table_name"),
                row.getLong("row_count"),
                row.getString("digest"),
                moment(row, "removed_at"));
    }

    private static Model model(ResultSet row, int number) throws SQLException {
        return new Model(
                row.getString("model"),
                row.getObject("model_weight", Double.class),
                row.getObject("temperature", Double.class),
                row.getObject("coverage", Double.class));
    }

    private static ConsensusMethod consensusMethod(ResultSet row, int number) throws SQLException {
        return new ConsensusMethod(
                row.getString("consensus_method"),
                row.getBoolean("is_published"),
                row.getObject("estimated_accuracy", Double.class),
                row.getObject("lower", Double.class),
                row.getObject("upper", Double.class),
                row.getObject("rounds", Integer.class),
                row.getObject("gold_accuracy", Double.class),
                row.getObject("gold_lower", Double.class),
                row.getObject("gold_upper", Double.class),
                row.getLong("num_gold"),
                row.getDouble("agreement_with_published"));
    }

    private static Expert expert(ResultSet row, int number) throws SQLException {
        return new Expert(
                row.getString("expert"), row.getDouble("weight"), row.getDouble("loo_score"), row.getInt("rounds"));
    }

    private static RejectedCount rejectedCount(ResultSet row, int number) throws SQLException {
        return new RejectedCount(row.getString("source"), row.getString("reason"), row.getLong("num_rows"));
    }

    private static Instant requireMoment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
