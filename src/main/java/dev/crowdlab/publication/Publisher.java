package dev.crowdlab.publication;

import dev.crowdlab.postgres.Polling;
import dev.crowdlab.postgres.TableDoor;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.run.RunLedger.Closing;
import dev.crowdlab.run.RunLostException;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.StandbySettings;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes a run's result visible as a whole: attaches its partitions in a fixed order, then switches the dataset's
 * published run and closes the run in one short transaction.
 *
 * <p>A statement that was planned before the partitions were attached but takes its snapshot after the switch would
 * look up the new run with a plan that does not include its partitions, and find no rows. The switch therefore waits
 * for every statement that was using the tables when the partitions were attached, until it has ended or has run long
 * enough to have its snapshot. Activity on standbys is not visible here, so if there are any, the switch always waits
 * as long as the settings say.
 */
public final class Publisher {

    /** A statement that started longer ago than this is assumed to be planned. */
    private static final Duration MAX_PLANNING = Duration.ofSeconds(1);

    /**
     * Statements on the partitioned tables that may not have their snapshot yet. A user without the right to see other
     * sessions' activity counts every transaction that holds a lock.
     */
    private static final String PLANNING = """
            select distinct l.virtualtransaction || ' ' || coalesce(a.query_start::text, '')
            from pg_locks l
            left join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'relation' and l.granted and l.pid <> pg_backend_pid()
                and l.database = (select oid from pg_database where datname = current_database())
                and l.relation = any (array(select to_regclass(name)::oid from unnest(?::text[]) as name))
                and coalesce(a.state, 'active') = 'active'
                and coalesce(a.query_start > clock_timestamp() - make_interval(secs => ?), true)""";

    private final JdbcClient jdbc;
    private final JdbcTemplate connections;
    private final RunLedger ledger;
    private final TransactionTemplate transaction;
    private final StandbySettings standbys;

    /**
     * @param standbys what to wait for where there are standbys
     */
    public Publisher(DataSource dataSource, StandbySettings standbys) {
        this.standbys = standbys;
        jdbc = JdbcClient.create(dataSource);
        connections = new JdbcTemplate(dataSource);
        ledger = new RunLedger(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    /**
     * Attaches the run's tables and closes it. Switches the dataset's published run to it if the closing says that it
     * becomes current.
     *
     * @param closing how to close it: PUBLISHED, or REFUSED, which keeps the tables for inspection but out of the views
     * @param tables the tables that the run wrote
     * @param dataset the run's dataset
     * @throws RunLostException if another process has closed the run; nothing is published
     */
    public void publish(Closing closing, List<WrittenTable> tables, String dataset) {
        Standbys followers = new Standbys(jdbc, transaction);
        transaction.executeWithoutResult(status -> {
            requireRunning(closing.runId());
            followers.sendAtCommit();
            for (ResultTableDefinition table : ResultTableDefinitions.PARTITIONED) {
                if (tables.stream()
                        .anyMatch(written -> written.definition().name().equals(table.name()))) {
                    attach(table, closing.runId());
                }
            }
        });
        if (closing.becameCurrent()) {
            followers.awaitPlans(standbys);
            awaitPlans();
        }
        transaction.executeWithoutResult(status -> {
            requireRunning(closing.runId());
            if (closing.becameCurrent()) {
                lockPublished(dataset);
            }
            for (WrittenTable table : tables) {
                ledger.addTable(closing.runId(), table.recorded());
            }
            if (!ledger.close(closing)) {
                throw new RunLostException(closing.runId());
            }
            if (closing.becameCurrent()) {
                makeCurrent(jdbc, dataset, closing.runId(), "finished_at");
            }
        });
    }

    /**
     * Locks the row before the clock is read, so that the grace period of the run published before starts only after
     * concurrent changes.
     */
    private void lockPublished(String dataset) {
        jdbc.sql("select run_id from crowdlab.published_run where dataset = ? for update")
                .param(dataset)
                .query(Long.class)
                .list();
    }

    /** Waits until every statement that may have been planned without the newest partitions has its snapshot. */
    void awaitPlans() {
        Set<String> statements = Set.copyOf(planning());
        Polling.until(() -> planning().stream().noneMatch(statements::contains), MAX_PLANNING);
    }

    private void requireRunning(long runId) {
        if (!ledger.lock(runId).equals(Optional.of(RunStatus.RUNNING))) {
            throw new RunLostException(runId);
        }
    }

    private List<String> planning() {
        String[] names = ResultTableDefinitions.PARTITIONED.stream()
                .map(table -> "crowdlab." + table.name())
                .toArray(String[]::new);
        return jdbc.sql(PLANNING)
                .params(names, (double) MAX_PLANNING.toSeconds())
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Since the run wrote its table, others of the nightly role could change it; attaching reads its constraints. */
    private void attach(ResultTableDefinition table, long runId) {
        connections.execute((Connection connection) -> {
            TableDoor door = new TableDoor(connection);
            door.lock(TableDoor.Use.ATTACH, table.target(runId));
            door.lockParent("crowdlab." + table.name());
            door.requirePlain();
            return runId;
        });
        jdbc.sql("alter table crowdlab." + table.name() + " attach partition " + table.target(runId)
                        + " for values in (" + runId + ")")
                .update();
    }

    /**
     * Switches the dashboards of a dataset to a run.
     *
     * @param moment SQL expression over {@code crowdlab.run}: since when the run is current
     */
    static void makeCurrent(JdbcClient jdbc, String dataset, long runId, String moment) {
        jdbc.sql("insert into crowdlab.published_run (dataset, run_id, published_at) select dataset, run_id, " + moment
                        + """
                         from crowdlab.run where dataset = ? and run_id = ?
                        on conflict (dataset) do update
                            set run_id = excluded.run_id, published_at = excluded.published_at""")
                .params(dataset, runId)
                .update();
    }
}
