package dev.crowdlab.job;

import dev.crowdlab.input.InputEstimate;
import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.settings.Settings;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everything about one run that is known before it starts.
 *
 * @param run number, dataset, time
 * @param plan how to read the dataset
 * @param request the options of the run
 * @param settings the settings of the whole program
 * @param source connections to the database that holds the input
 * @param result connections to the result database
 * @param shared a pool of sessions on the result database, for short tasks; leave their settings unchanged
 * @param clock the current time
 */
record RunContext(
        RunDescriptor run,
        DatasetPlan plan,
        RunRequest request,
        Settings settings,
        ConnectionFactory source,
        ConnectionFactory result,
        DataSource shared,
        Clock clock) {

    /** The name of every run's job. */
    static final String JOB_NAME = "crowdlab";

    long runId() {
        return run.runId();
    }

    String dataset() {
        return run.settings().name();
    }

    /**
     * Connections that close the run after a failure. They have a name of their own, so that ending or canceling the
     * run's sessions does not affect them.
     */
    ConnectionFactory closing() {
        return result.with("application_name", "crowdlab-etl end of run " + runId());
    }

    /** What is known about the run now. */
    RunBeginning beginning() {
        return new RunBeginning(
                runId(),
                run.settings(),
                run.asOf(),
                clock.instant(),
                plan.estimate().map(InputEstimate::tables).orElse(Set.of()),
                source.address(),
                result.address());
    }

    /** The heap that the run must fit into. */
    HeapLimit heap() {
        return HeapLimit.ofProcess();
    }

    /** The ledger, using single statements. */
    RunLedger ledger() {
        return new RunLedger(shared);
    }

    /** Transactions of the run, each on a pooled connection. */
    TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(shared));
    }
}
