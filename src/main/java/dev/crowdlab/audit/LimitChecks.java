package dev.crowdlab.audit;

import static dev.crowdlab.settings.CheckedFigure.MAX_AGE;
import static dev.crowdlab.settings.CheckedFigure.MAX_CHANGED_SHARE;
import static dev.crowdlab.settings.CheckedFigure.MAX_QUALITY_DROP;
import static dev.crowdlab.settings.CheckedFigure.MAX_REJECTED_SHARE;
import static dev.crowdlab.settings.CheckedFigure.MIN_ANNOTATORS;
import static dev.crowdlab.settings.CheckedFigure.MIN_EXAMPLES;
import static dev.crowdlab.settings.CheckedFigure.MIN_MEAN_ANNOTATIONS;
import static dev.crowdlab.settings.CheckedFigure.MIN_PREDICTED_SHARE;

import dev.crowdlab.audit.RunCheck.Severity;
import dev.crowdlab.settings.CheckedFigure;
import dev.crowdlab.settings.Limits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds a run's figures against the limits that are set for its dataset. */
final class LimitChecks {

    private static final String ONCE = "if it is right, run once with a wider limit";
    private static final double SECONDS_PER_HOUR = 3_600;

    /** Less is written as 0.0. */
    private static final double LEAST_SHOWN_HOURS = 0.05;

    private final OpenRun run;
    private final RunFigures figures;
    private final List<RunCheck> findings = new ArrayList<>();

    private LimitChecks(OpenRun run, RunFigures figures) {
        this.run = run;
        this.figures = figures;
    }

    static List<RunCheck> of(OpenRun run, RunFigures figures, Optional<RunComparison> before) {
        LimitChecks checks = new LimitChecks(run, figures);
        if (checks.isBeforeTheFirstLabel(before)) {
            checks.addNothingLabeled();
        } else {
            checks.addExamples();
        }
        checks.addRejected();
        checks.addAnnotations();
        checks.addPredictions();
        checks.figures.newestAnnotation().ifPresentOrElse(checks::addAge, checks::addMissingAge);
        before.ifPresent(checks::addComparison);
        return checks.findings;
    }

    /**
     * Whether a dataset only begins: examples wait to be labelled, no annotation has come yet, and a greater least number of
     * examples is not asked for. Where labels were published before, that they are gone is no beginning.
     */
    private boolean isBeforeTheFirstLabel(Optional<RunComparison> before) {
        return figures.exampleCount() == 0
                && figures.unlabeledCount() > 0
                && figures.rejectedCount() == 0
                && !(run.settings().checks().of(MIN_EXAMPLES).fail() > 1)
                && before.map(RunComparison::previousCount).orElse(0L) == 0;
    }

    private void addNothingLabeled() {
        findings.add(new RunCheck(
                "NOTHING_LABELED",
                Severity.WARN,
                "No example is labelled yet; "
                        + Counted.word(
                                figures.unlabeledCount(),
                                "begin with the predicted one, in label_next.",
                                "label_next tells which of the " + figures.unlabeledCount()
                                        + " predicted ones to begin with."),
                figures.unlabeledCount(),
                Double.NaN));
    }

    private void addExamples() {
        add(
                MIN_EXAMPLES,
                "MIN_EXAMPLES",
                (double) figures.exampleCount(),
                Counted.of(figures.exampleCount(), "example was analysed", "examples were analysed"),
                "look at rejected_row for what was refused");
    }

    private void addRejected() {
        RejectedRowsCheck rejected = new RejectedRowsCheck(run.settings().inputRules(), figures);
        add(MAX_REJECTED_SHARE, "REJECTED_SHARE", rejected.share(), rejected.sentence(), rejected.advice());
    }

    private void addAnnotations() {
        add(
                MIN_ANNOTATORS,
                "MIN_ANNOTATORS",
                (double) figures.annotatorCount(),
                Counted.of(figures.annotatorCount(), "annotator has", "annotators have")
                        + " annotations that were analysed",
                "look whether the annotations are all there");
        double mean = ratio(figures.annotationCount(), figures.exampleCount());
        add(
                MIN_MEAN_ANNOTATIONS,
                "MEAN_ANNOTATIONS",
                mean,
                String.format(Locale.ROOT, "An example has %.2f annotations on average", mean),
                "look whether the annotations are all there");
    }

    private void addPredictions() {
        long labeled = figures.exampleCount() + figures.unpredictedCount();
        long predicted = figures.modelCount() == 0 ? 0 : figures.exampleCount() - figures.uniformCount();
        add(
                MIN_PREDICTED_SHARE,
                "PREDICTED_SHARE",
                ratio(predicted, labeled),
                counted(
                        predicted,
                        Counted.of(labeled, "labelled example", "labelled examples"),
                        Counted.word(predicted, "has usable predictions", "have usable predictions"),
                        ratio(predicted, labeled)),
                "look whether the model has run, and at rejected_row for predictions that were refused");
    }

    private void addAge(Instant newest) {
        double hours = Duration.between(newest, run.asOf()).toSeconds() / SECONDS_PER_HOUR;
        add(
                MAX_AGE,
                "ANNOTATION_AGE",
                hours,
                String.format(
                        Locale.ROOT,
                        "The newest annotation is %.1f h %s than the run's moment",
                        Math.abs(hours),
                        hours > -LEAST_SHOWN_HOURS ? "older" : "younger"),
                "look whether annotations still arrive");
    }

    private void addMissingAge() {
        if (!run.settings().checks().of(MAX_AGE).isNone()) {
            findings.add(new RunCheck(
                    "ANNOTATION_AGE",
                    Severity.WARN,
                    "No annotation has an annotated_at, so checks.max-age finds nothing to compare; let the"
                            + " annotations-query give one, or remove the check.",
                    Double.NaN,
                    Double.NaN));
        }
    }

    private void addComparison(RunComparison before) {
        add(
                MAX_CHANGED_SHARE,
                "CHANGED_SHARE",
                ratio(before.changedCount(), before.commonCount()),
                counted(
                        before.changedCount(),
                        Counted.of(before.commonCount(), "label", "labels"),
                        Counted.word(before.changedCount(), "differs from that", "differ from those") + " of run "
                                + before.previousRunId(),
                        ratio(before.changedCount(), before.commonCount())),
                "look at label_change; " + ONCE);
        double quality = figures.estimates().meanQuality();
        add(
                MAX_QUALITY_DROP,
                "QUALITY_DROP",
                before.previousQuality() - quality,
                String.format(
                        Locale.ROOT,
                        "The mean quality of the consensus labels is %.3f after %.3f in run %d",
                        quality,
                        before.previousQuality(),
                        before.previousRunId()),
                "look for what changed in the input or the settings; " + ONCE);
    }

    /** Adds the finding about a figure that is known and has limits: with those that it passes, or else the next one. */
    private void add(CheckedFigure figure, String code, double observed, String sentence, String advice) {
        Limits limits = run.settings().checks().of(figure);
        if (limits.isNone() || Double.isNaN(observed)) {
            return;
        }
        boolean isFailing = figure.isBeyond(observed, limits.fail());
        boolean isWarning = !isFailing && figure.isBeyond(observed, limits.warn());
        boolean isByWarning = !isFailing && !Double.isNaN(limits.warn());
        double threshold = isByWarning ? limits.warn() : limits.fail();
        Severity severity = isFailing ? Severity.FAIL : isWarning ? Severity.WARN : Severity.INFO;
        String message = sentence + ", checks." + figure.key() + (isByWarning ? ".warn is " : " is ")
                + text(figure, threshold) + (severity == Severity.INFO ? "." : "; " + advice + ".");
        findings.add(new RunCheck(code, severity, message, observed, threshold));
    }

    private static String text(CheckedFigure figure, double threshold) {
        String number = BigDecimal.valueOf(threshold).stripTrailingZeros().toPlainString();
        return figure.unit() == CheckedFigure.Unit.HOURS ? number + " h" : number;
    }

    private static String counted(long count, String total, String what, double share) {
        return String.format(Locale.ROOT, "%d of %s %s (%.2f %%)", count, total, what, 100 * share);
    }

    /** NaN of nothing. */
    private static double ratio(long count, long total) {
        return total == 0 ? Double.NaN : (double) count / total;
    }
}
