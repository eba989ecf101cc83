package dev.crowdlab.publication;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.retention.PartialRunCleanup;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.run.FindingWriter;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.run.RunLedger.Closing;
import dev.crowdlab.run.RunStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Closes a run that did not end well and removes what it wrote, in one transaction. */
public final class FailedRunCloser {

    private static final Logger log = LoggerFactory.getLogger(FailedRunCloser.class);

    private final DataSource dataSource;
    private final Duration longestWait;
    private final JdbcClient jdbc;
    private final RunLedger ledger;
    private final TransactionTemplate transaction;

    /**
     * Closes runs in these sessions.
     *
     * @param longestWait how long to wait for each lock, which a lost session of the run may hold; whole milliseconds
     */
    public FailedRunCloser(DataSource dataSource, Duration longestWait) {
        this.dataSource = dataSource;
        this.longestWait = longestWait;
        jdbc = JdbcClient.create(dataSource);
        ledger = new RunLedger(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * Closes a run as FAILED with a reason.
     * <ul>
     * <li>If another process has already closed the run as FAILED, only the tables it has created since then are
     *     dropped.
     * <li>If the run never began, or ended well, nothing is done.
     * </ul>
     *
     * @return the status of the run before; empty if it never began
     */
    public Optional<RunStatus> close(long runId, String reason, Optional<String> inputDigest) {
        Optional<RunStatus> found = closeInTransaction(runId, reason, inputDigest);
        boolean hasFailed = found.equals(Optional.of(RunStatus.RUNNING)) || found.equals(Optional.of(RunStatus.FAILED));
        if (hasFailed && PartialRunCleanup.isAnyAttached(jdbc, runId)) {
            removeAttached(runId);
        }
        return found;
    }

    /**
     * Removes the tables of a run that ended between attaching and publishing. Tables in use are left to the retention
     * of a later run.
     */
    private void removeAttached(long runId) {
        try {
            new Retention(dataSource).removeFailed(runId);
        } catch (SQLException | DataAccessException | RetentionInUseException e) {
            log.warn("Tables of failed run {} are left for a later run to remove: {}", runId, e.getMessage());
        }
    }

    private Optional<RunStatus> closeInTransaction(long runId, String reason, Optional<String> inputDigest) {
        return transaction.execute(status -> {
            jdbc.sql("set local lock_timeout = " + longestWait.toMillis()).update();
            Optional<RunStatus> found = ledger.lock(runId);
            if (found.equals(Optional.of(RunStatus.FAILED))) {
                PartialRunCleanup.dropTables(jdbc, runId);
            }
            if (!found.equals(Optional.of(RunStatus.RUNNING))) {
                return found;
            }
            PartialRunCleanup.clear(jdbc, runId);
            Finding finding = Finding.of(FindingCode.FAILED, Severity.FAIL, Wording.ofReason(reason));
            WrittenTable findings = new FindingWriter(dataSource).write(runId, List.of(finding));
            ledger.addTable(runId, findings.recorded());
            Optional<String> outputDigest = Optional.of(WrittenTable.outputDigest(List.of(findings)));
            ledger.close(new Closing(runId, RunStatus.FAILED, false, inputDigest, outputDigest, Optional.empty()));
            return found;
        });
    }
}
