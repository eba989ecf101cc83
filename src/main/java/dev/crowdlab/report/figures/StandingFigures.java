package dev.crowdlab.report.figures;

import dev.crowdlab.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of the dataset's newest run, and which run is in use, whichever of them the page is about.
 *
 * @param newest the newest run that has ended; empty: there is none
 * @param inUse the run that the dashboards show; empty: none
 */
public record StandingFigures(Optional<Newest> newest, Optional<InUse> inUse) {

    /** Of a dataset about which nothing is known. */
    public static final StandingFigures NONE = new StandingFigures(Optional.empty(), Optional.empty());

    /**
     * The newest run.
     *
     * @param reason the code of what kept it from being published; empty: nothing did
     */
    public record Newest(long runId, RunStatus status, String reason, Instant startedAt, Duration duration) {}

    /** The run in use: the moment that it describes, and since when it is shown. */
    public record InUse(long runId, Instant asOf, Instant since) {}
}
