package dev.crowdlab.audit;

import dev.crowdlab.audit.ForgetRecords.Replacements;
import dev.crowdlab.audit.Verification.DatasetReport;
import dev.crowdlab.results.copy.RecordedTable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The chain and the tables of one dataset. */
final class DatasetVerification {

    private final String dataset;
    private final AuditReader records;
    private final StoredTableCheck tables;
    private final Replacements replacements;
    private final List<IntegrityViolation> differences;
    private int tableCount;
    private int removedCount;

    DatasetVerification(
            String dataset,
            AuditReader records,
            StoredTableCheck tables,
            Replacements replacements,
            List<IntegrityViolation> differences) {
        this.dataset = dataset;
        this.records = records;
        this.tables = tables;
        this.replacements = replacements;
        this.differences = differences;
    }

    DatasetReport verify(Optional<String> publicationHash) throws SQLException {
        List<AuditedRun> runs =
                records.runs(dataset).stream().map(replacements::applyTo).toList();
        HashChain chain = new HashChain(dataset, runs);
        differences.addAll(chain.differences());
        List<AuditedRun> closed = runs.stream().filter(AuditedRun::isClosed).toList();
        for (AuditedRun run : closed) {
            verifyOutputDigest(run);
            for (RecordedTable table : run.tables()) {
                verifyTable(run, table);
            }
        }
        return new DatasetReport(
                dataset,
                closed.size(),
                tableCount,
                removedCount,
                runs.stream()
                        .filter(run -> !run.isClosed())
                        .map(AuditedRun::runId)
                        .toList(),
                chain.newest(),
                publicationHash);
    }

    private void verifyOutputDigest(AuditedRun run) {
        boolean hasNone = run.outputDigest().isEmpty() && run.tables().isEmpty();
        if (!hasNone && !run.outputDigest().equals(Optional.of(RecordedTable.outputDigest(run.tables())))) {
            add(
                    run,
                    "run_table",
                    "does not fit the run's output_digest; its rows were changed after the run was closed");
        }
    }

    private void verifyTable(AuditedRun run, RecordedTable table) throws SQLException {
        if (table.isRemoved()) {
            removedCount++;
            return;
        }
        Optional<String> digest = replacements.current(run.runId(), table.name(), table.digest());
        Optional<String> fault = digest.isPresent()
                ? tables.fault(run.runId(), table.withDigest(digest.get()))
                : Optional.of("has a digest that forget_log replaces, but not the one that the run recorded");
        if (fault.isPresent() && records.isRemoved(run.runId(), table.name())) {
            removedCount++; // removed by retention during the check
            return;
        }
        tableCount++;
        fault.ifPresent(found -> add(run, table.name(), found));
    }

    private void add(AuditedRun run, String table, String fault) {
        differences.add(new IntegrityViolation(dataset, run.runId(), table, fault));
    }
}
