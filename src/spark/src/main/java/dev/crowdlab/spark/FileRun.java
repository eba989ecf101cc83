package dev.crowdlab.spark;

import dev.crowdlab.checks.Acknowledgements;
import dev.crowdlab.checks.RunChecks;
import dev.crowdlab.dataset.InputNames;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.publication.RunClosing;
import dev.crowdlab.results.RunCheckTable;
import dev.crowdlab.results.SummaryTables;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.run.RunMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One run of one dataset whose results are only files: without a database for results, hence without a lock, a history,
 * or a run to compare with. Used once.
 *
 * @param files where the results appear
 */
record FileRun(
        JavaSparkContext spark,
        SparkRunContext context,
        SparkRun.Source source,
        RunFiles files,
        ClusterOptions options) {

    /** Runs the dataset; a run that fails, or that a check refuses, leaves no files. */
    @SuppressWarnings("try") // the directory is in use as long as it is open
    SparkRun.Outcome run() throws SQLException {
        source.plan().requireReadable();
        try (CheckpointDirectory checkpoints = CheckpointDirectory.of(
                spark, options.checkpoints(), files.temporary().getName())) {
            JavaRDD<InputPart> input = new InputLoading(spark, context, source, options).load();
            return analyze(InputLoading.names(input), input);
        } catch (SQLException | RuntimeException e) {
            spark.sc().cancelAllJobs();
            discard(e);
            throw e;
        } finally {
            spark.sc().getPersistentRDDs().values().foreach(rdd -> rdd.unpersist(false));
        }
    }

    private void discard(Exception failure) {
        try {
            files.discard();
        } catch (RuntimeException e) {
            failure.addSuppressed(e); // a directory that readers skip is left
        }
    }

    private SparkRun.Outcome analyze(InputNames names, JavaRDD<InputPart> input) {
        ClusterAnalysis analysis =
                ClusterAnalysis.of(spark, input, names, context.run().settings(), Optional.empty());
        spark.setJobDescription("figures");
        Summaries summaries = analysis.summaries(context.run().settings().periods());
        summaries.totals().complete(names, context.run().settings().inputRules());
        RunMetrics metrics =
                analysis.metrics(summaries, context.run().settings().methods());
        FileTables tables = new FileTables(spark, context, files.temporary());
        write(analysis, summaries, tables);
        List<Finding> findings = findings(metrics, summaries.drifting(analysis.names()), tables.written());
        boolean isRefused = RunChecks.isRefused(findings);
        if (isRefused) {
            files.discard();
        } else {
            tables.write(checks(findings));
            publish(names.digest(), tables.written());
        }
        String end = isRefused ? "REFUSED, no files are left" : "PUBLISHED as " + files.complete();
        return new SparkRun.Outcome(
                "Run of dataset '" + context.run().settings().name() + "': " + end, metrics, isRefused, findings);
    }

    private void write(ClusterAnalysis analysis, Summaries summaries, FileTables tables) {
        spark.setJobDescription("write");
        for (ResultTableDefinition definition : TableWriting.large(context.run())) {
            tables.write(definition, analysis.rows(context, definition, RowDecoding.digestedOf(definition)));
        }
        ResultTableDefinition confusion = SummaryTables.ANNOTATOR_CONFUSION;
        tables.write(confusion, analysis.confusionRows(spark, context, RowDecoding.digestedOf(confusion)));
        for (ResultTable table : summaries.tables(context, analysis)) {
            tables.write(table);
        }
    }

    private List<Finding> findings(RunMetrics metrics, List<String> drifting, List<WrittenTable> written) {
        List<Finding> findings = new ArrayList<>(RunChecks.of(context.run(), metrics, Optional.empty()));
        RunChecks.drift(drifting).ifPresent(findings::add);
        RunChecks.timeWithoutZone(context.run(), source.zonelessType()).ifPresent(findings::add);
        findings.add(RunChecks.rowCounts(RunClosing.lostRows(written, metrics), written.size()));
        return Finding.byImportance(
                Acknowledgements.apply(context.run().settings().checks(), Instant.now(), findings));
    }

    private RunCheckTable checks(List<Finding> findings) {
        return new RunCheckTable(
                context.runId(),
                findings.stream()
                        .map(finding -> new RunCheckTable.Row(
                                finding.code(),
                                finding.severity().name(),
                                finding.message(),
                                finding.observed(),
                                finding.threshold(),
                                finding.rank(),
                                finding.wording().json()))
                        .toList());
    }

    private void publish(String inputDigest, List<WrittenTable> written) {
        try {
            files.publish(Manifest.of(context, inputDigest, written));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
