package dev.crowdlab.cli.call;

import dev.crowdlab.job.Progress;
import dev.crowdlab.job.RunBeginning;
import dev.crowdlab.job.RunOutcome;
import dev.crowdlab.notification.NightMetrics;
import dev.crowdlab.plan.DatasetPlan;
import io.micrometer.observation.ObservationRegistry;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Measures the steps of runs for the metrics of a call, reports runs to lineage, and passes their progress on to the
 * display.
 *
 * @param metrics empty if not configured
 * @param lineage empty if not configured
 */
record ObservedProgress(
        Progress shown, InstantSource time, Optional<NightMetrics> metrics, Optional<LineageLog> lineage)
        implements Progress {

    @Override
    public void begun(RunBeginning run) {
        lineage.ifPresent(log -> log.begun(run));
    }

    @Override
    public void finished(RunOutcome outcome) {
        lineage.ifPresent(log -> log.finished(outcome, time.instant()));
    }

    @Override
    public void planned(DatasetPlan plan) {
        shown.planned(plan);
    }

    @Override
    public void started(String dataset, String step) {
        shown.started(dataset, step);
    }

    @Override
    public void moved(String dataset, String step, long rowCount) {
        shown.moved(dataset, step, rowCount);
    }

    @Override
    public void ended(String dataset, String step, long rowCount) {
        metrics.ifPresent(numbers -> numbers.setRows(dataset, step, rowCount));
        shown.ended(dataset, step, rowCount);
    }

    @Override
    public ObservationRegistry observations(String dataset) {
        return metrics.map(numbers -> numbers.observations(dataset)).orElse(ObservationRegistry.NOOP);
    }
}
