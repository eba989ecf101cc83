package dev.crowdlab.run;

import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.run.RunLedger.PublishedRun;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How a run differs from the one published before.
 *
 * @param previousRunId number of the run published before
 * @param previousCount examples of the run published before
 * @param commonCount examples in both runs
 * @param changedCount common examples whose label differs
 * @param previousQuality mean consensus quality of the run published before; NaN if it had no examples
 * @param previousModelCount models of the run published before
 */
public record RunComparison(
        long previousRunId,
        long previousCount,
        long commonCount,
        long changedCount,
        double previousQuality,
        long previousModelCount) {

    /** Reads the comparison. The run's label_change must have been written. */
    public static RunComparison read(DataSource dataSource, long runId, PublishedRun published) {
        return JdbcClient.create(dataSource)
                .sql("""
                        select p.num_examples, p.num_examples - c.vanished, c.changed, q.observed
                        from crowdlab.run p
                        cross join (
                            select count(*) filter (where consensus_label is null) as vanished,
                                count(*) filter (where previous_label <> consensus_label) as changed
                            from crowdlab.label_change
                            where run_id = :run) c
                        left join crowdlab.run_check q on q.run_id = p.run_id and q.code = :quality
                        where p.run_id = :previous""")
                .param("run", runId)
                .param("previous", published.runId())
                .param("quality", FindingCode.MEAN_QUALITY.name())
                .query((row, number) -> new RunComparison(
                        published.runId(),
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        numberOrNaN(row.getObject(4, Double.class)),
                        published.modelCount()))
                .single();
    }

    private static double numberOrNaN(@Nullable Double number) {
        return number == null ? Double.NaN : number;
    }
}
