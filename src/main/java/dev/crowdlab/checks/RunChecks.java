package dev.crowdlab.checks;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.run.PublishedLabels;
import dev.crowdlab.run.PublishedMachines;
import dev.crowdlab.run.PublishedModels;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunLedger.PublishedRun;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.settings.DatasetSetting;
import dev.crowdlab.settings.WrittenSettings;
import dev.crowdlab.text.Plural;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks the metrics of a run before it is published. */
public final class RunChecks {

    private static final int NAMED_ANNOTATORS = 10;

    private RunChecks() {}

    /**
     * Returns all findings about a run. The worst decides whether it is published.
     *
     * @param before how it differs from the run published before; empty if there is none
     */
    public static List<Finding> of(RunDescriptor run, RunMetrics metrics, Optional<RunComparison> before) {
        return of(run, metrics, before, RunTables.WRITTEN);
    }

    /**
     * Returns all findings about a run that stores nothing; they say what a run would store.
     *
     * @param before how it differs from the run published before; empty if there is none
     */
    public static List<Finding> ofRehearsal(RunDescriptor run, RunMetrics metrics, Optional<RunComparison> before) {
        return of(run, metrics, before, RunTables.NOT_WRITTEN);
    }

    private static List<Finding> of(
            RunDescriptor run, RunMetrics metrics, Optional<RunComparison> before, RunTables tables) {
        List<Finding> findings = new ArrayList<>(ThresholdChecks.of(run, metrics, before, tables));
        findings.addAll(AgeChecks.of(
                run,
                metrics.newestAnnotation(),
                metrics.rejectionCauses().annotations().total() > 0));
        findings.addAll(GoldChecks.of(run, metrics.gold(), tables));
        findings.addAll(ShareFindings.of(metrics.estimates().shares()));
        findings.addAll(StopFindings.of(
                metrics.estimates().stop(), metrics.estimates().shares().goldCount()));
        findings.addAll(
                MachineFindings.of(run, metrics.machines(), metrics.gold().exampleCount()));
        findings.addAll(InputFindings.of(run, metrics, before, tables));
        findings.addAll(WeightFindings.of(metrics));
        findings.addAll(ConsensusFindings.of(metrics));
        findings.addAll(MethodFindings.of(metrics));
        findings.addAll(AgreementFindings.of(metrics.estimates().agreement(), metrics.annotationCount()));
        return findings;
    }

    /**
     * Returns the findings about a run on unchanged input, which depend only on the time that has passed.
     *
     * @param newest the greatest annotated_at; empty if there is none
     */
    public static List<Finding> ofUnchanged(RunDescriptor run, Optional<Instant> newest) {
        return AgeChecks.of(run, newest, true);
    }

    /** Whether a finding prevents publication. */
    public static boolean isRefused(List<Finding> findings) {
        return findings.stream().map(Finding::severity).anyMatch(Severity.FAIL::equals);
    }

    /** The finding that the dashboards keep showing a run that describes a later time. */
    public static Finding historyOnly(PublishedRun published) {
        return Finding.of(
                FindingCode.HISTORY_ONLY,
                Severity.WARN,
                Wording.of("Run " + published.runId() + " describes a later moment, " + published.asOf()
                                + ", and stays current:")
                        .text(" the dashboards do not show this run; --replace-newer would replace it."));
    }

    /** The finding that large tables of the previously published run have disappeared. */
    public static Finding lostTables(PublishedRun published, List<String> tables) {
        return Finding.of(
                FindingCode.TABLES_LOST,
                Severity.WARN,
                Wording.of("Run " + published.runId() + ", published before, has lost its rows in "
                                + String.join(", ", tables) + ":")
                        .text(" they were dropped, detached or emptied by hand; verify reports any other differences."),
                tables.size(),
                0);
    }

    /**
     * The finding that a class has no labels any more, or that an unknown label is rejected for the first time; empty if
     * labels are as in the published run.
     */
    public static Optional<Finding> lostClass(RunDescriptor run, RunMetrics metrics, PublishedLabels published) {
        return LabelFindings.of(run.settings().inputRules().classes(), metrics.labels(), published);
    }

    /** The finding that models are missing, are new or cover far less; empty if they are as in the published run. */
    public static Optional<Finding> changedModels(RunDescriptor run, RunMetrics metrics, PublishedModels published) {
        return ModelFindings.of(
                ModelSource.of(run.settings()), metrics.predictions().coverages(), published);
    }

    /** The finding that machines of the run published before changed; empty if none did. */
    public static Optional<Finding> changedMachines(RunMetrics metrics, PublishedMachines published) {
        return MachineChanges.since(published, metrics.machines());
    }

    /**
     * The finding that times were read as UTC because nobody has said which zone they are in.
     *
     * @param zonelessType the type of annotated_at if it has no time zone
     */
    public static Optional<Finding> timeWithoutZone(RunDescriptor run, Optional<String> zonelessType) {
        String setting = WrittenSettings.nameOf(run.settings().name(), DatasetSetting.TIME_ZONE);
        String advice = run.settings().tables() == null
                ? "set " + setting + " to the zone of these times, or to UTC"
                : "if that is wrong, name a view that returns a timestamp with a time zone";
        return zonelessType
                .filter(type -> run.settings().inputRules().timeZone() == null)
                .map(type -> Finding.of(
                        FindingCode.TIME_WITHOUT_ZONE,
                        Severity.WARN,
                        Wording.of("Column annotated_at has type " + type
                                        + ", which has no time zone, and was read as UTC")
                                .text("; " + advice + ".")));
    }

    /** Whether a time is in the future by more than clocks may differ. */
    public static boolean isAhead(Instant asOf, Instant now) {
        return asOf.isAfter(now.plus(AgeChecks.CLOCK_DIFFERENCE));
    }

    /** The finding about the numbers of rows computed and stored. */
    public static Finding rowCounts(List<String> differences, int tableCount) {
        return differences.isEmpty()
                ? Finding.of(
                        FindingCode.ROW_COUNTS,
                        Severity.INFO,
                        "All " + tableCount + " tables hold as many rows as were computed.",
                        0,
                        0)
                : Finding.of(
                        FindingCode.ROW_COUNTS, Severity.FAIL, String.join(" ", differences), differences.size(), 0);
    }

    /** The finding that annotators agree less with the consensus than before; empty if nobody does. */
    public static Optional<Finding> drift(List<String> annotators) {
        return annotators.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.of(
                        FindingCode.DRIFT,
                        Severity.WARN,
                        Wording.of(Plural.of(annotators.size(), "annotator agrees", "annotators agree")
                                        + " less with the consensus than before:")
                                .text(" ")
                                .annotators(annotators, NAMED_ANNOTATORS)
                                .lookup("; see annotator_periods")
                                .text("."),
                        annotators.size(),
                        Double.NaN));
    }

    /** The finding about a time in the future, which prevents later runs from becoming current until it has passed. */
    public static Optional<Finding> asOf(Instant asOf, Instant now) {
        return isAhead(asOf, now)
                ? Optional.of(Finding.of(
                        FindingCode.FUTURE_AS_OF,
                        Severity.WARN,
                        Wording.of("as_of " + asOf + " is in the future")
                                .text("; until then other runs are only recorded in the history, unless run with"
                                        + " --replace-newer.")))
                : Optional.empty();
    }
}
