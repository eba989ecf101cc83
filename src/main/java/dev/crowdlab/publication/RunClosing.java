package dev.crowdlab.publication;

import dev.crowdlab.checks.Acknowledgements;
import dev.crowdlab.checks.RunChecks;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.run.DriftingAnnotators;
import dev.crowdlab.run.FindingWriter;
import dev.crowdlab.run.PublishedLabels;
import dev.crowdlab.run.PublishedMachines;
import dev.crowdlab.run.PublishedModels;
import dev.crowdlab.run.RunComparison;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.run.RunLedger.Closing;
import dev.crowdlab.run.RunLedger.PublishedRun;
import dev.crowdlab.run.RunMetrics;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.text.Plural;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What happens to a run once its input is read, and once its tables are written: it is compared with the one published
 * before, checked, and published or refused. Keeps no state; the results of each method are passed to the next.
 */
public final class RunClosing {

    private final RunDescriptor run;
    private final RunChoices choices;
    private final Settings settings;
    private final DataSource dataSource;
    private final Optional<String> zonelessType;
    private final RunLedger ledger;
    private final TransactionTemplate transaction;

    /**
     * @param settings of the whole program
     * @param dataSource sessions on the result database, for short tasks
     * @param zonelessType the type of annotated_at if it has no time zone
     */
    public RunClosing(
            RunDescriptor run,
            RunChoices choices,
            Settings settings,
            DataSource dataSource,
            Optional<String> zonelessType) {
        this.run = run;
        this.choices = choices;
        this.settings = settings;
        this.dataSource = dataSource;
        this.zonelessType = zonelessType;
        ledger = new RunLedger(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * How a run was closed.
     *
     * @param status PUBLISHED, SKIPPED or REFUSED
     * @param isCurrent whether the dashboards now show it
     */
    public record Closed(RunStatus status, boolean isCurrent) {}

    /**
     * The state of a run before it is closed.
     *
     * @param findings the findings of its checks
     * @param tables the tables written, including that of the findings
     * @param difference how it differs from the run that it replaces; empty if there is none, or nothing was analyzed
     */
    public record Checked(List<Finding> findings, List<WrittenTable> tables, Optional<RunComparison> difference) {

        /** Lists are copied. */
        public Checked {
            findings = List.copyOf(findings);
            tables = List.copyOf(tables);
        }
    }

    private String dataset() {
        return run.settings().name();
    }

    /** The run published before. */
    public Predecessor predecessor() {
        return Predecessor.of(dataSource, dataset());
    }

    /**
     * Whether the dashboards will show this run: its time is not earlier than that of the run they show, or
     * {@code --replace-newer} was given.
     */
    public boolean becomesCurrent(Predecessor predecessor) {
        return choices.replaceNewer()
                || predecessor
                        .published()
                        .map(before -> !run.asOf().isBefore(before.asOf()))
                        .orElse(true);
    }

    /** The run that this one replaces, if its labels still exist for comparison. */
    public Optional<PublishedRun> replaced(Predecessor predecessor) {
        return predecessor.comparable().filter(before -> becomesCurrent(predecessor));
    }

    /**
     * Whether the run may be skipped: its input and settings are those of the published run. If that has lost a table,
     * the input counts as changed.
     *
     * @param inputDigest the digest of all rows read
     */
    public boolean isUnchanged(Predecessor predecessor, String inputDigest) {
        boolean mayBeSkipped = !choices.force() && !choices.isAsOfGiven();
        return mayBeSkipped && predecessor.lostTables().isEmpty() && ledger.isUnchanged(run, inputDigest);
    }

    /** Checks a run with unchanged input: the published result may have become too old. */
    public Checked checkUnchanged(Optional<Instant> newestAnnotation) {
        return new Checked(acknowledge(RunChecks.ofUnchanged(run, newestAnnotation)), List.of(), Optional.empty());
    }

    /**
     * The findings as they are recorded, those that matter most first: those that are acknowledged in the settings do
     * not warn.
     */
    private List<Finding> acknowledge(List<Finding> findings) {
        return Finding.byImportance(Acknowledgements.apply(run.settings().checks(), ledger.now(), findings));
    }

    /** Closes the run as SKIPPED, or as REFUSED if a check failed. */
    public Closed skip(String inputDigest, List<Finding> findings) {
        RunStatus status = RunChecks.isRefused(findings) ? RunStatus.REFUSED : RunStatus.SKIPPED;
        transaction.executeWithoutResult(inTransaction -> {
            Optional<WrittenTable> stored = findings.isEmpty() ? Optional.empty() : Optional.of(write(findings));
            stored.ifPresent(table -> ledger.addTable(run.runId(), table.recorded()));
            Closing closing = new Closing(
                    run.runId(),
                    status,
                    false,
                    Optional.of(inputDigest),
                    stored.map(table -> WrittenTable.outputDigest(List.of(table))),
                    Optional.empty());
            if (!ledger.close(closing)) {
                throw new IllegalStateException("run " + run.runId() + " was closed by another process");
            }
        });
        return new Closed(status, false);
    }

    private WrittenTable write(List<Finding> findings) {
        return new FindingWriter(dataSource).write(run.runId(), findings);
    }

    /** Checks the metrics, compares the stored rows with the computed ones, and writes the findings. */
    public Checked check(Predecessor predecessor, RunMetrics metrics, List<WrittenTable> written) {
        Optional<RunComparison> comparison =
                replaced(predecessor).map(before -> RunComparison.read(dataSource, run.runId(), before));
        List<Finding> findings = new ArrayList<>(RunChecks.of(run, metrics, comparison));
        findings.addAll(aboutPublished(predecessor, metrics));
        RunChecks.drift(DriftingAnnotators.of(JdbcClient.create(dataSource), run.runId()))
                .ifPresent(findings::add);
        RunChecks.timeWithoutZone(run, zonelessType).ifPresent(findings::add);
        RunChecks.asOf(run.asOf(), ledger.now()).ifPresent(findings::add);
        new OldResults(dataSource, settings.retention()).behind(dataset()).ifPresent(findings::add);
        findings.add(RunChecks.rowCounts(lostRows(written, metrics), written.size()));
        List<Finding> recorded = acknowledge(findings);
        WrittenTable stored = transaction.execute(inTransaction -> write(recorded));
        return new Checked(
                recorded, Stream.concat(written.stream(), Stream.of(stored)).toList(), comparison);
    }

    /** Findings about the run published before. */
    private List<Finding> aboutPublished(Predecessor predecessor, RunMetrics metrics) {
        List<Finding> findings = new ArrayList<>();
        if (!predecessor.lostTables().isEmpty()) {
            findings.add(RunChecks.lostTables(predecessor.published().orElseThrow(), predecessor.lostTables()));
        }
        JdbcClient jdbc = JdbcClient.create(dataSource);
        Optional<PublishedRun> replaced = predecessor.published().filter(before -> becomesCurrent(predecessor));
        replaced.map(before -> PublishedLabels.read(jdbc, before.runId()))
                .flatMap(before -> RunChecks.lostClass(run, metrics, before))
                .ifPresent(findings::add);
        replaced.flatMap(before -> PublishedModels.read(jdbc, before.runId()))
                .flatMap(before -> RunChecks.changedModels(run, metrics, before))
                .ifPresent(findings::add);
        replaced.map(before -> PublishedMachines.read(jdbc, before.runId()))
                .flatMap(before -> RunChecks.changedMachines(metrics, before))
                .ifPresent(findings::add);
        if (!choices.isAsOfGiven() && !becomesCurrent(predecessor)) {
            findings.add(RunChecks.historyOnly(predecessor.published().orElseThrow()));
        }
        return findings;
    }

    /**
     * What the checks of a run would find, if it wrote its tables.
     *
     * @param isUnchanged whether the run would be skipped
     * @param drifting the annotators who agree less with the consensus than before
     * @param difference what it would change about the published labels; empty if nothing is published
     */
    public List<Finding> rehearse(
            Predecessor predecessor,
            boolean isUnchanged,
            RunMetrics metrics,
            List<String> drifting,
            Optional<LabelChangePreview> difference) {
        if (isUnchanged) {
            return acknowledge(RunChecks.ofUnchanged(run, metrics.newestAnnotation()));
        }
        Optional<RunComparison> comparison = difference
                .filter(before -> becomesCurrent(predecessor))
                .map(before -> new RunComparison(
                        before.previousRunId(),
                        before.previousCount(),
                        before.commonCount(),
                        before.changedCount(),
                        before.previousQuality(),
                        predecessor.comparable().orElseThrow().modelCount()));
        List<Finding> findings = new ArrayList<>(RunChecks.ofRehearsal(run, metrics, comparison));
        findings.addAll(aboutPublished(predecessor, metrics));
        RunChecks.drift(drifting).ifPresent(findings::add);
        RunChecks.timeWithoutZone(run, zonelessType).ifPresent(findings::add);
        return acknowledge(findings);
    }

    /** One sentence for each table whose stored rows are not those that were computed. */
    public static List<String> lostRows(List<WrittenTable> written, RunMetrics metrics) {
        List<String> sentences = new ArrayList<>();
        for (WrittenTable table : written) {
            long expected = expectedRows(table, metrics);
            if (expected != table.writtenRows()) {
                sentences.add("Table " + table.definition().name() + " holds "
                        + Plural.of(table.writtenRows(), "row", "rows") + ", "
                        + Plural.of(expected, "was", "were") + " computed.");
            }
        }
        return sentences;
    }

    /**
     * The number of rows according to the metrics if they determine it, which also detects a block lost before it
     * reached the writer.
     */
    private static long expectedRows(WrittenTable table, RunMetrics metrics) {
        return switch (table.definition().grain()) {
            case EXAMPLE -> metrics.exampleCount();
            case ANNOTATION -> metrics.annotationCount();
            case ANNOTATOR -> metrics.annotatorCount();
            case OTHER -> table.computedRows();
        };
    }

    /** Publishes the run, or closes it as REFUSED if a check failed. */
    public Closed publish(Predecessor predecessor, String inputDigest, RunMetrics metrics, Checked checked) {
        boolean isRefused = RunChecks.isRefused(checked.findings());
        boolean isCurrent = !isRefused && becomesCurrent(predecessor);
        RunStatus status = isRefused ? RunStatus.REFUSED : RunStatus.PUBLISHED;
        Closing closing = new Closing(
                run.runId(),
                status,
                isCurrent,
                Optional.of(inputDigest),
                Optional.of(WrittenTable.outputDigest(checked.tables())),
                Optional.of(metrics));
        new Publisher(dataSource, settings.standby()).publish(closing, checked.tables(), dataset());
        return new Closed(status, isCurrent);
    }
}
