package dev.crowdlab.job;

import dev.crowdlab.plan.DatasetPlan;

/** Is told how far the steps of runs have come. Called from many threads. */
public interface Progress {

    /** Nobody looks. */
    Progress NONE = new Progress() {};

    /** A dataset has been looked at and will be run as soon as it fits beside the others. */
    default void planned(DatasetPlan plan) {}

    /** A step that moves rows has begun. */
    default void started(String dataset, String step) {}

    /** It has moved so many rows so far. */
    default void moved(String dataset, String step, long rowCount) {}

    /** It has ended after so many rows. */
    default void ended(String dataset, String step, long rowCount) {}
}
