package dev.crowdlab.audit;

import dev.crowdlab.audit.ForgetRecords.Dropped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Compares everything that the database holds about closed runs with what they recorded: the hash chain, the digests of
 * all kept tables, the digests over these, and the records of publication and removal. It only reads, one statement at
 * a time, so that runs and retention can continue; no table is held in memory.
 */
public final class Verification {

    private final DataSource dataSource;

    /** Uses connections of any user who may read schema crowdlab. */
    public Verification(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The result of a verification.
     *
     * @param datasets the datasets that were checked, by name
     * @param differences differences from what was recorded, by dataset, run and table
     * @param forgetHash the newest hash of forget_log; empty if nothing was ever forgotten
     * @param dropped the datasets that were dropped, in this order
     */
    public record Report(
            List<DatasetReport> datasets,
            List<IntegrityViolation> differences,
            Optional<String> forgetHash,
            List<Dropped> dropped) {

        /** Lists are copied. */
        public Report {
            datasets = List.copyOf(datasets);
            differences = List.copyOf(differences);
            dropped = List.copyOf(dropped);
        }

        /** Returns a report with more differences, in the same order. */
        public Report and(Collection<IntegrityViolation> more) {
            return new Report(
                    datasets,
                    Stream.concat(differences.stream(), more.stream())
                            .sorted(IntegrityViolation.ORDER)
                            .toList(),
                    forgetHash,
                    dropped);
        }
    }

    /**
     * The checks made for a dataset.
     *
     * @param dataset its name
     * @param runCount number of its closed runs
     * @param tableCount number of tables whose digest was computed again
     * @param removedCount number of tables that retention has removed
     * @param openRuns runs that are RUNNING and therefore not yet in the chain
     * @param newest the last run of the chain; empty if none is closed
     * @param publicationHash the newest hash of its publication log; empty if it was never published
     */
    public record DatasetReport(
            String dataset,
            int runCount,
            int tableCount,
            int removedCount,
            List<Long> openRuns,
            Optional<AuditedRun> newest,
            Optional<String> publicationHash) {}

    /** Checks one dataset, or all that have runs. A dataset without runs is not in the report. */
    public Report verify(Optional<String> dataset) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            SingleConnectionDataSource session = new SingleConnectionDataSource(connection, true);
            AuditReader records = new AuditReader(session);
            List<String> names = records.datasets().stream()
                    .filter(name -> dataset.isEmpty() || dataset.get().equals(name))
                    .toList();
            PublicationRecords.Findings publications = new PublicationRecords(session).findings(dataset);
            List<DatasetReport> reports = new ArrayList<>();
            List<IntegrityViolation> differences = new ArrayList<>(publications.differences());
            ForgetRecords forgotten = new ForgetRecords(session);
            differences.addAll(forgotten.differences());
            for (String name : names) {
                Optional<String> publicationHash =
                        Optional.ofNullable(publications.newestHashes().get(name));
                List<IntegrityViolation> found;
                Optional<String> asOf;
                DatasetReport report;
                do { // check again if something was forgotten meanwhile
                    found = new ArrayList<>();
                    asOf = forgotten.newestHash();
                    report = new DatasetVerification(
                                    name, records, new StoredTableCheck(connection), forgotten.replacements(), found)
                            .verify(publicationHash);
                } while (!found.isEmpty() && !forgotten.newestHash().equals(asOf));
                reports.add(report);
                differences.addAll(found);
            }
            differences.addAll(new ConsistencyQueries(session).differences(dataset));
            differences.sort(IntegrityViolation.ORDER);
            return new Report(reports, differences, forgotten.newestHash(), forgotten.dropped(dataset));
        }
    }
}
