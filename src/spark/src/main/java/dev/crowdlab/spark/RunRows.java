package dev.crowdlab.spark;

import dev.crowdlab.results.RunFeature;
import dev.crowdlab.run.RunDescriptor;
import java.io.Serializable;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the rows of a run's large tables need to know of the run.
 *
 * @param asOf the time that the run describes
 * @param features what decides which columns it writes
 */
record RunRows(long runId, Instant asOf, EnumSet<RunFeature> features) implements Serializable {

    static RunRows of(RunDescriptor run) {
        Set<RunFeature> features = run.features();
        return new RunRows(
                run.runId(),
                run.asOf(),
                features.isEmpty() ? EnumSet.noneOf(RunFeature.class) : EnumSet.copyOf(features));
    }
}
