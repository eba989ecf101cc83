package dev.crowdlab.job;

import java.time.Instant;
import java.util.Optional;

/**
 * What somebody asked for when starting runs.
 *
 * @param asOf the moment to describe; empty: now
 * @param force whether an unchanged dataset is run all the same
 * @param dryRun whether nothing is to be written, neither results nor history
 * @param replaceNewer whether a run may become current although the published one describes a later moment
 * @param parallel how many datasets are run at a time, at least 1
 */
public record RunRequest(Optional<Instant> asOf, boolean force, boolean dryRun, boolean replaceNewer, int parallel) {

    /** The plain nightly run. */
    public static final RunRequest NIGHTLY = new RunRequest(Optional.empty(), false, false, false, 1);
}
