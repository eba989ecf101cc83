package dev.crowdlab.job;

import dev.crowdlab.publication.RunChoices;
import java.time.Instant;
import java.util.Optional;

/**
 * The options for starting runs.
 *
 * @param asOf the time to describe; empty: now
 * @param force whether unchanged datasets are run, too
 * @param dryRun whether nothing is written, neither results nor history
 * @param replaceNewer whether a run may become current although the published one describes a later time
 * @param parallel how many datasets are run at the same time, at least 1
 */
public record RunRequest(Optional<Instant> asOf, boolean force, boolean dryRun, boolean replaceNewer, int parallel) {

    /** The options of a nightly run. */
    public static final RunRequest NIGHTLY = new RunRequest(Optional.empty(), false, false, false, 1);

    RunChoices choices() {
        return new RunChoices(asOf.isPresent(), force, replaceNewer);
    }
}
