package dev.crowdlab.report.figures;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All datasets, as they stand after a night.
 *
 * @param moment when that was, by the clock of the database
 * @param subjects the datasets, by name
 * @param forgottenAt when an annotator, an example or a dataset was last removed for good; empty: never
 */
public record NightFigures(Instant moment, List<Subject> subjects, Optional<Instant> forgottenAt) {

    /** A dataset that is run every week has a run within this time. */
    public static final Duration UNATTENDED = Duration.ofDays(8);

    /** Lists are copied. */
    public NightFigures {
        subjects = List.copyOf(subjects);
    }

    /**
     * A dataset.
     *
     * @param dataset its name
     * @param newest the run that was started last; empty: there never was one
     * @param ended the last run that has ended; empty: none has
     * @param inUse the run that the dashboards show; empty: none
     * @param newestLabel when the newest of its labels was given; empty: unknown
     */
    public record Subject(
            String dataset,
            Optional<Started> newest,
            Optional<Started> ended,
            Optional<Long> inUse,
            Optional<Instant> newestLabel) {

        /** A dataset that never ran. */
        public static Subject neverRun(String dataset) {
            return new Subject(dataset, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** The last run, if it was kept from being published. */
        public Optional<Started> stopped() {
            return ended.filter(run -> run.status() == RunStatus.REFUSED || run.status() == RunStatus.FAILED);
        }
    }

    /** A run: what became of it, and when it began. */
    public record Started(long runId, RunStatus status, Instant startedAt) {}

    /**
     * What only the overview reads of a dataset.
     *
     * @param findings of the last run that has ended; of the run in use if that one found nothing new
     * @param points by run, for the small lines
     */
    public record Course(List<Finding> findings, Map<Long, Point> points) {

        /** Copied. */
        public Course {
            findings = List.copyOf(findings);
            points = Map.copyOf(points);
        }

        /** A run of which nothing is stored. */
        public static final Point UNKNOWN = new Point(Double.NaN, Double.NaN, Double.NaN);
    }

    /** Agreement and shares of right labels of a run; NaN: unknown. */
    public record Point(double alpha, double estimated, double gold) {}
}
