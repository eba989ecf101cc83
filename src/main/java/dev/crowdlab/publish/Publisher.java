package dev.crowdlab.publish;

import dev.crowdlab.audit.RecordedTable;
import dev.crowdlab.audit.RunLedger;
import dev.crowdlab.audit.RunLedger.Closing;
import dev.crowdlab.audit.RunStatus;
import dev.crowdlab.publish.ResultTable.TableShape;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one short transaction that makes a run's result visible, whole: its partitions are attached in a fixed order, the
 * dataset's published run is switched, the run is closed.
 */
public final class Publisher {

    private final JdbcClient jdbc;
    private final RunLedger ledger;
    private final TransactionTemplate transaction;

    /** The sessions are those of the run. */
    public Publisher(DataSource sessions) {
        jdbc = JdbcClient.create(sessions);
        ledger = new RunLedger(sessions);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(sessions));
    }

    /** The digest over the tables of a run. */
    public static String outputDigest(List<WrittenTable> tables) {
        return RecordedTable.outputDigest(
                tables.stream().map(WrittenTable::recorded).toList());
    }

    /**
     * Attaches the run's tables and closes it.
     *
     * @param closing how to close it: PUBLISHED, or REFUSED, which keeps the tables for a look but out of the views
     * @param tables what was written
     * @param dataset the dataset whose published run is switched to this one; empty: it stays as it is
     * @throws RunLostException if the run was closed by somebody else; nothing is published
     */
    public void publish(Closing closing, List<WrittenTable> tables, Optional<String> dataset) {
        transaction.executeWithoutResult(status -> {
            if (!ledger.lock(closing.runId()).equals(Optional.of(RunStatus.RUNNING))) {
                throw new RunLostException(closing.runId());
            }
            for (TableShape table : Tables.PARTITIONED) {
                if (tables.stream().anyMatch(written -> written.shape().equals(table))) {
                    attach(table, closing.runId());
                }
            }
            for (WrittenTable table : tables) {
                ledger.addTable(closing.runId(), table.shape().name(), table.writtenRows(), table.digest());
            }
            if (closing.status() == RunStatus.PUBLISHED) {
                dataset.ifPresent(name -> makeCurrent(name, closing));
            }
            if (!ledger.close(closing)) {
                throw new RunLostException(closing.runId());
            }
        });
    }

    private void attach(TableShape table, long runId) {
        jdbc.sql("alter table crowdlab." + table.name() + " attach partition " + table.target(runId)
                        + " for values in (" + runId + ")")
                .update();
    }

    private void makeCurrent(String dataset, Closing closing) {
        OffsetDateTime publishedAt = closing.finishedAt().atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        insert into crowdlab.published_run (dataset, run_id, published_at) values (?, ?, ?)
                        on conflict (dataset) do update
                            set run_id = excluded.run_id, published_at = excluded.published_at""").params(dataset, closing.runId(), publishedAt).update();
    }
}
