package dev.crowdlab.checks;

import static dev.crowdlab.settings.CheckedMetric.MAX_AGE;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.RunDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares the newest annotation with the run's time. This can change from night to night although the input stays the
 * same.
 */
final class AgeChecks {

    /** How far two clocks may differ before a time counts as future. */
    static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final double SECONDS_PER_HOUR = 3_600;

    /** Smaller values would be displayed as 0.0. */
    private static final double MIN_SHOWN_HOURS = 0.05;

    private AgeChecks() {}

    /** @param hasRows whether there are annotations */
    static List<Finding> of(RunDescriptor run, Optional<Instant> newest, boolean hasRows) {
        List<Finding> findings = new ArrayList<>();
        if (newest.isPresent()) {
            age(run, newest.get()).ifPresent(findings::add);
            later(run, newest.get()).ifPresent(findings::add);
        } else if (!run.settings().checks().of(MAX_AGE).isNone()) {
            findings.add(missing(run, hasRows));
        }
        return findings;
    }

    private static Optional<Finding> age(RunDescriptor run, Instant newest) {
        double hours = Duration.between(newest, run.asOf()).toSeconds() / SECONDS_PER_HOUR;
        String sentence = String.format(
                Locale.ROOT,
                "The newest annotation is %.1f h %s than the run's moment",
                Math.abs(hours),
                hours > -MIN_SHOWN_HOURS ? "older" : "younger");
        return new LimitComparison(run.settings().checks())
                .of(MAX_AGE, FindingCode.ANNOTATION_AGE, hours, Wording.of(sentence));
    }

    /** Annotations that arrive between the run's time and its snapshot are not reported. */
    private static Optional<Finding> later(RunDescriptor run, Instant newest) {
        return newest.isAfter(run.asOf().plus(CLOCK_DIFFERENCE))
                ? Optional.of(Finding.of(
                        FindingCode.ANNOTATION_AFTER_AS_OF,
                        Severity.WARN,
                        Wording.of("The newest annotation is dated " + newest.truncatedTo(ChronoUnit.SECONDS)
                                        + ", later than this run's moment, "
                                        + run.asOf().truncatedTo(ChronoUnit.SECONDS))
                                .text(
                                        ": check the clock that annotated_at comes from, or let the queries leave out what came"
                                                + " later than current_setting('crowdlab.as_of')::timestamptz.")))
                : Optional.empty();
    }

    private static Finding missing(RunDescriptor run, boolean hasRows) {
        String found = hasRows ? "No annotation has an annotated_at" : RunTables.noAnnotations(run.settings());
        return Finding.of(
                FindingCode.ANNOTATION_AGE,
                Severity.WARN,
                Wording.of(found)
                        .text(", so checks.max-age has nothing to compare; "
                                + (hasRows
                                        ? "let the annotations-query return one, or remove the check."
                                        : FindingCode.ANNOTATION_AGE.advice() + ".")));
    }
}
