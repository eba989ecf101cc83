package dev.crowdlab.spark;

import dev.crowdlab.dataset.InputNames;
import dev.crowdlab.publication.DryRunSentence;
import dev.crowdlab.publication.Predecessor;
import dev.crowdlab.publication.RunClosing;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.settings.DatasetSettings;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Reads and computes what a run of a dataset would, and writes nothing but checkpoints, which are removed. Used once.
 */
record SparkDryRun(JavaSparkContext spark, SparkRunContext context, SparkRun.Source source, ClusterOptions options) {

    /** Says what a run would do. */
    @SuppressWarnings("try") // the directory is in use as long as it is open
    SparkRun.Outcome run() throws SQLException {
        source.plan().requireReadable();
        RunClosing closing = new RunClosing(
                context.run(),
                context.choices(),
                context.settings().program(),
                context.shared(),
                source.zonelessType());
        Predecessor predecessor = closing.predecessor();
        try (CheckpointDirectory checkpoints =
                CheckpointDirectory.of(spark, options.checkpoints(), "dry-run-" + UUID.randomUUID())) {
            JavaRDD<InputPart> input = new InputLoading(spark, context, source, options).load();
            return rehearse(closing, predecessor, InputLoading.names(input), input);
        } finally {
            spark.sc().getPersistentRDDs().values().foreach(rdd -> rdd.unpersist(false));
        }
    }

    private SparkRun.Outcome rehearse(
            RunClosing closing, Predecessor predecessor, InputNames names, JavaRDD<InputPart> input) {
        DatasetSettings dataset = context.run().settings();
        ClusterAnalysis analysis =
                ClusterAnalysis.of(spark, input, names, dataset, PublishedStates.of(context, closing, predecessor));
        spark.setJobDescription("figures");
        Summaries summaries = analysis.summaries(dataset.periods());
        summaries.totals().complete(names, dataset.inputRules());
        RunMetrics metrics = analysis.metrics(summaries, dataset.methods());
        Optional<LabelChangePreview> difference =
                predecessor.comparable().map(before -> difference(analysis, before.runId()));
        boolean isUnchanged = closing.isUnchanged(predecessor, names.digest());
        DryRunSentence sentence = new DryRunSentence(
                isUnchanged,
                closing.becomesCurrent(predecessor),
                difference,
                closing.rehearse(predecessor, isUnchanged, metrics, summaries.drifting(analysis.names()), difference),
                metrics.exampleCount());
        return new SparkRun.Outcome(
                "Dry run of dataset '" + dataset.name() + "': " + sentence.text(),
                metrics,
                sentence.isRefused(),
                sentence.findings());
    }

    /** Compares the parts with the published labels, all of which each part reads. */
    private LabelChangePreview difference(ClusterAnalysis analysis, long publishedRunId) {
        spark.setJobDescription("compare");
        SharedDatabases databases = SharedDatabases.of(context.settings());
        String name = context.sessionName();
        return analysis.parts()
                .map(part -> part.difference(databases.open().result().with("application_name", name), publishedRunId))
                .reduce(LabelChangePreview::plus);
    }
}
