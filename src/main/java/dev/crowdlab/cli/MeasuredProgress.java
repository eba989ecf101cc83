package dev.crowdlab.cli;

import dev.crowdlab.job.Progress;
import dev.crowdlab.notification.NightMetrics;
import dev.crowdlab.plan.DatasetPlan;
import io.micrometer.observation.ObservationRegistry;

/** Measures the steps of runs for the call's metrics, and shows their progress as before. */
record MeasuredProgress(Progress shown, NightMetrics metrics) implements Progress {

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
        metrics.setRows(dataset, step, rowCount);
        shown.ended(dataset, step, rowCount);
    }

    @Override
    public ObservationRegistry observations(String dataset) {
        return metrics.observations(dataset);
    }
}
