package dev.crowdlab.report.overview;

import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.report.figures.NightFigures;
import dev.crowdlab.report.figures.NightFigures.Course;
import dev.crowdlab.report.figures.NightFigures.Started;
import dev.crowdlab.report.figures.NightFigures.Subject;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a dataset stands.
 *
 * @param subject the dataset
 * @param figures of the report on the run in use; empty: there is none
 * @param course its findings, and how it developed
 * @param reports where the reports on its runs are, by run
 * @param problem why its reports could not be made; empty: they are there
 */
public record Standing(
        Subject subject,
        Optional<ReportFigures> figures,
        Course course,
        Map<Long, String> reports,
        Optional<String> problem) {

    /** Copied. */
    public Standing {
        reports = Map.copyOf(reports);
    }

    /** How much a dataset needs a person. */
    enum Urgency {
        URGENT,
        WARNED,
        FINE
    }

    Urgency urgency(Instant moment) {
        boolean isUrgent = subject.stopped().isPresent()
                || subject.inUse().isEmpty()
                || problem.isPresent()
                || daysWithoutRun(moment).isPresent();
        if (isUrgent) {
            return Urgency.URGENT;
        }
        boolean isWarned = course.findings().stream().anyMatch(finding -> finding.severity() != Severity.INFO);
        return isWarned ? Urgency.WARNED : Urgency.FINE;
    }

    /** For how many days nobody has run it; empty: they are not too many. */
    Optional<Long> daysWithoutRun(Instant moment) {
        return subject.newest()
                .map(run -> Duration.between(run.startedAt(), moment))
                .filter(time -> time.compareTo(NightFigures.UNATTENDED) > 0)
                .map(Duration::toDays);
    }

    /** Whether its last run ended so. */
    boolean hasEnded(RunStatus status) {
        return subject.ended().map(Started::status).filter(status::equals).isPresent();
    }

    /** The address of the report on a run; empty: there is none. */
    String href(long runId) {
        return reports.getOrDefault(runId, "");
    }
}
