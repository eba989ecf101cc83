package dev.crowdlab.job;

import dev.crowdlab.plan.DatasetPlan;
import io.micrometer.observation.ObservationRegistry;

/** Receives the progress of runs. Called from many threads. */
public interface Progress {

    /** Ignores all progress. */
    Progress NONE = new Progress() {};

    /** A dataset was inspected and will be run as soon as it fits into memory. */
    default void planned(DatasetPlan plan) {}

    /** A run begins. A dataset whose run lost the database begins another. */
    default void begun(RunBeginning run) {}

    /** The dataset's runs are over. */
    default void finished(RunOutcome outcome) {}

    /** A step that moves rows has begun. */
    default void started(String dataset, String step) {}

    /** A step has moved this many rows so far. */
    default void moved(String dataset, String step, long rowCount) {}

    /** A step has ended after this many rows. */
    default void ended(String dataset, String step, long rowCount) {}

    /** Receives Spring Batch's observations of the dataset's runs; by default they are dropped at no cost. */
    default ObservationRegistry observations(String dataset) {
        return ObservationRegistry.NOOP;
    }
}
