package dev.crowdlab.cli.terminal;

import dev.crowdlab.notification.NightMetrics;
import java.time.Instant;

/** The metrics of a call's summary. */
public final class SummaryMetrics {

    private static final double MILLIS = 1_000;

    private SummaryMetrics() {}

    public static void add(NightMetrics metrics, SummaryDocument summary, Instant endedAt) {
        metrics.add("exit.code", "Exit code of the last call.", summary.exitCode());
        metrics.add("call.timestamp", "When the last call ended.", endedAt);
        summary.datasets().forEach(run -> add(metrics, run));
    }

    private static void add(NightMetrics metrics, SummaryDocument.Entry run) {
        String dataset = run.dataset();
        metrics.add(
                "dataset.exit.code", "What the exit code would be with this dataset alone.", dataset, run.exitCode());
        metrics.add(
                "run.duration.seconds",
                "How long the run took.",
                dataset,
                run.duration().toMillis() / MILLIS);
        SummaryDocument.Counts counts = run.counts();
        if (counts != null) {
            metrics.add("examples", "Labeled examples.", dataset, (double) counts.numExamples());
            metrics.add("annotations", "Accepted annotations.", dataset, (double) counts.numAnnotations());
            metrics.add(
                    "annotators", "Annotators with accepted annotations.", dataset, (double) counts.numAnnotators());
            metrics.add("label.quality.mean", "Mean quality of the consensus labels.", dataset, counts.meanQuality());
            metrics.add(
                    "consensus.likelihood",
                    "Mean agreement with the consensus.",
                    dataset,
                    counts.consensusLikelihood());
        }
    }
}
