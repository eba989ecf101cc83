package dev.crowdlab.cli.command;

import dev.crowdlab.audit.AuditedRun;
import dev.crowdlab.audit.CatalogCheck.Outcome;
import dev.crowdlab.audit.ForgetRecords.Dropped;
import dev.crowdlab.audit.IntegrityViolation;
import dev.crowdlab.audit.Verification.DatasetReport;
import dev.crowdlab.audit.Verification.Report;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code verify} for scripts.
 *
 * @param datasets those that have runs; empty if row security kept them from being verified
 * @param differences what differs from what was recorded
 * @param forgetHash the newest hash of forget_log; null if nothing was ever forgotten
 * @param dropped the datasets that were dropped, in this order
 * @param notCompared why views and checks were not compared with the migrations; null if they were
 */
public record VerificationDocument(
        List<Entry> datasets,
        List<Difference> differences,
        @Nullable String forgetHash,
        List<DroppedEntry> dropped,
        @Nullable String notCompared) {

    public VerificationDocument {
        datasets = List.copyOf(datasets);
        differences = List.copyOf(differences);
        dropped = List.copyOf(dropped);
    }

    static VerificationDocument of(Report report, Outcome catalog) {
        return new VerificationDocument(
                report.datasets().stream().map(Entry::of).toList(),
                report.differences().stream().map(Difference::of).toList(),
                report.forgetHash().orElse(null),
                report.dropped().stream().map(DroppedEntry::of).toList(),
                catalog.notCompared().orElse(null));
    }

    /**
     * A dataset.
     *
     * @param numRuns closed runs
     * @param numTables tables that were computed again
     * @param numRemoved tables that retention has removed
     * @param openRuns runs that are RUNNING and not yet in the chain
     * @param runId the newest run of the chain
     * @param hash its hash
     * @param publicationHash the newest hash of publication_log
     */
    record Entry(
            String dataset,
            int numRuns,
            int numTables,
            int numRemoved,
            List<Long> openRuns,
            @Nullable Long runId,
            @Nullable String hash,
            @Nullable String publicationHash) {

        static Entry of(DatasetReport report) {
            return new Entry(
                    report.dataset(),
                    report.runCount(),
                    report.tableCount(),
                    report.removedCount(),
                    report.openRuns(),
                    report.newest().map(AuditedRun::runId).orElse(null),
                    report.newest().flatMap(AuditedRun::hash).orElse(null),
                    report.publicationHash().orElse(null));
        }
    }

    /**
     * A dataset that was dropped.
     *
     * @param numRuns closed runs that went
     */
    record DroppedEntry(String dataset, Instant droppedAt, String droppedBy, long numRuns) {

        static DroppedEntry of(Dropped found) {
            return new DroppedEntry(found.dataset(), found.droppedAt(), found.droppedBy(), found.runCount());
        }
    }

    /**
     * A difference.
     *
     * @param dataset null, as the run: it is about the catalog
     * @param tableName the table, or the kind and name of another object
     */
    record Difference(@Nullable String dataset, @Nullable Long runId, String tableName, String message) {

        static Difference of(IntegrityViolation found) {
            boolean isOfRun = !found.dataset().isEmpty();
            return new Difference(
                    isOfRun ? found.dataset() : null, isOfRun ? found.runId() : null, found.table(), found.sentence());
        }
    }
}
