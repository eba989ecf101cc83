package dev.crowdlab.checks;

import static dev.crowdlab.settings.CheckedMetric.MAX_CHANGED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MAX_QUALITY_DROP;
import static dev.crowdlab.settings.CheckedMetric.MAX_REJECTED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MAX_VANISHED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MIN_ANNOTATORS;
import static dev.crowdlab.settings.CheckedMetric.MIN_EXAMPLES;
import static dev.crowdlab.settings.CheckedMetric.MIN_MEAN_ANNOTATIONS;
import static dev.crowdlab.settings.CheckedMetric.MIN_PREDICTED_SHARE;

import dev.crowdlab.checks.LimitComparison.Advice;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.Thresholds;
import dev.crowdlab.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which metric of a run {@link LimitComparison} compares with each limit of its dataset, and what is said if it is beyond. */
final class ThresholdChecks {

    private static final String ONCE = "; if it is right, run once with a wider limit";

    private final RunDescriptor run;
    private final RunMetrics metrics;
    private final RunTables tables;
    private final LimitComparison limit;
    private final List<Finding> findings = new ArrayList<>();

    private ThresholdChecks(RunDescriptor run, RunMetrics metrics, RunTables tables) {
        this.run = run;
        this.metrics = metrics;
        this.tables = tables;
        limit = new LimitComparison(run.settings().checks());
    }

    static List<Finding> of(RunDescriptor run, RunMetrics metrics, Optional<RunComparison> before, RunTables tables) {
        ThresholdChecks checks = new ThresholdChecks(run, metrics, tables);
        if (checks.isBeforeTheFirstLabel(before)) {
            checks.addNothingLabeled();
        } else {
            checks.addExamples();
        }
        checks.addRejected();
        checks.addAnnotations();
        checks.addPredictions();
        before.ifPresent(checks::addComparison);
        return checks.findings;
    }

    /**
     * Whether the dataset is new: examples are waiting to be labeled, there is no annotation yet, and no minimum number
     * of examples is configured. If labels were published before, their absence is an error.
     */
    private boolean isBeforeTheFirstLabel(Optional<RunComparison> before) {
        return metrics.exampleCount() == 0
                && metrics.unlabeledCount() > 0
                && metrics.rejectedCount() == 0
                && !(run.settings().checks().of(MIN_EXAMPLES).fail() > 1)
                && before.map(RunComparison::previousCount).orElse(0L) == 0;
    }

    private void addNothingLabeled() {
        findings.add(Finding.of(
                FindingCode.NOTHING_LABELED,
                Severity.WARN,
                Wording.of("No example is labeled yet")
                        .text("; " + tables.beginLabeling(metrics.unlabeledCount()) + "."),
                (double) metrics.unlabeledCount(),
                Double.NaN));
    }

    private void addExamples() {
        add(limit.of(
                MIN_EXAMPLES,
                FindingCode.MIN_EXAMPLES,
                (double) metrics.exampleCount(),
                Wording.of(Plural.of(metrics.exampleCount(), "example was analyzed", "examples were analyzed")),
                Advice.of(missingExamplesAdvice())));
    }

    private String missingExamplesAdvice() {
        if (metrics.rejectedCount() > 0) {
            return tables.lookForRejected("what was rejected");
        }
        if (metrics.rowsRead() > 0 && metrics.rejectionCauses().annotations().total() == 0) {
            return RunTables.noAnnotations(run.settings()).replaceFirst("^T", "t")
                    + "; check whether the annotations are all there";
        }
        return metrics.rowsRead() == 0
                ? "no row was read; check whether the queries, or the built-in tables, return any"
                : "no row was rejected; check whether the annotations are all there";
    }

    private void addRejected() {
        RejectedRowsCheck rejected = new RejectedRowsCheck(run.settings(), metrics, tables);
        add(limit.of(
                        MAX_REJECTED_SHARE,
                        FindingCode.REJECTED_SHARE,
                        rejected.share(),
                        rejected.sentence(),
                        new Advice(rejected.advice(), ""))
                .map(finding -> finding.with(
                        finding.severity(),
                        finding.wording().and(rejected.others()).and(whereToLook(finding))))
                .map(finding -> rejected.isConsequence(finding.threshold())
                        ? finding.behind(FindingCode.NO_PREDICTIONS)
                        : finding));
    }

    /** Advice below the limit, which otherwise has none. */
    private Wording whereToLook(Finding rejected) {
        return rejected.severity() == Severity.INFO && rejected.observed() > 0
                ? Wording.NONE.lookup(" " + tables.seeRejected())
                : Wording.NONE;
    }

    private void addAnnotations() {
        add(limit.of(
                MIN_ANNOTATORS,
                FindingCode.MIN_ANNOTATORS,
                (double) metrics.annotatorCount(),
                Wording.of(Plural.of(metrics.annotatorCount(), "annotator has", "annotators have")
                        + " annotations that were analyzed")));
        double mean = ratio(metrics.annotationCount(), metrics.exampleCount());
        add(limit.of(
                MIN_MEAN_ANNOTATIONS,
                FindingCode.MEAN_ANNOTATIONS,
                mean,
                Wording.of(String.format(Locale.ROOT, "An example has %.2f annotations on average", mean))));
    }

    private void addPredictions() {
        long labeled = metrics.exampleCount() + metrics.predictions().unpredictedCount();
        long predicted = metrics.modelCount() == 0
                ? 0
                : metrics.exampleCount() - metrics.predictions().uniformCount();
        add(limit.of(
                MIN_PREDICTED_SHARE,
                FindingCode.PREDICTED_SHARE,
                ratio(predicted, labeled),
                counted(
                        predicted,
                        Plural.of(labeled, "labeled example", "labeled examples"),
                        Plural.word(predicted, "has usable predictions", "have usable predictions"),
                        ratio(predicted, labeled)),
                Advice.of(tables.checkModel())));
    }

    private void addComparison(RunComparison before) {
        addVanished(before);
        addChanged(before);
        double quality = metrics.estimates().meanQuality();
        add(limit.of(
                MAX_QUALITY_DROP,
                FindingCode.QUALITY_DROP,
                before.previousQuality() - quality,
                Wording.of(String.format(
                        Locale.ROOT,
                        "The mean quality of the consensus labels is %.3f after %.3f in run %d",
                        quality,
                        before.previousQuality(),
                        before.previousRunId())),
                once(FindingCode.QUALITY_DROP.advice(), "")));
    }

    private void addVanished(RunComparison before) {
        long vanished = before.previousCount() - before.commonCount();
        add(limit.of(
                MAX_VANISHED_SHARE,
                FindingCode.VANISHED_SHARE,
                ratio(vanished, before.previousCount()),
                counted(
                        vanished,
                        Plural.of(before.previousCount(), "example", "examples") + " of run " + before.previousRunId(),
                        Plural.word(vanished, "is gone", "are gone"),
                        ratio(vanished, before.previousCount())),
                once(FindingCode.VANISHED_SHARE.advice(), ", or set 1 where the queries look at a moving window")));
    }

    private void addChanged(RunComparison before) {
        Thresholds limits = run.settings().checks().of(MAX_CHANGED_SHARE);
        boolean isWanted = !limits.equals(CheckSettings.DEFAULT.of(MAX_CHANGED_SHARE))
                && (MAX_CHANGED_SHARE.isBeyond(1, limits.warn()) || MAX_CHANGED_SHARE.isBeyond(1, limits.fail()));
        if (isWanted && before.commonCount() == 0 && before.previousCount() > 0) {
            findings.add(Finding.of(
                    FindingCode.CHANGED_SHARE,
                    Severity.WARN,
                    Wording.of("No example of run " + before.previousRunId() + " is in this run")
                            .text(", so checks.max-changed-share has nothing to compare; check whether ids have another"
                                    + " format.")));
        }
        add(limit.of(
                MAX_CHANGED_SHARE,
                FindingCode.CHANGED_SHARE,
                ratio(before.changedCount(), before.commonCount()),
                counted(
                        before.changedCount(),
                        Plural.of(before.commonCount(), "label", "labels"),
                        Plural.word(before.changedCount(), "differs from that", "differ from those") + " of run "
                                + before.previousRunId(),
                        ratio(before.changedCount(), before.commonCount())),
                once(tables.lookAtChanges(), "")));
    }

    private void add(Optional<Finding> finding) {
        finding.ifPresent(findings::add);
    }

    /** The advice to let a refused result through once, if it is right; one that was published needs none. */
    private static Advice once(String advice, String orElse) {
        return new Advice(Wording.NONE.text(advice), ONCE + orElse);
    }

    private static Wording counted(long count, String total, String what, double share) {
        return Wording.of(String.format(Locale.ROOT, "%d of %s %s (%.2f %%)", count, total, what, 100 * share));
    }

    /** Returns NaN if the total is 0. */
    private static double ratio(long count, long total) {
        return total == 0 ? Double.NaN : (double) count / total;
    }
}
