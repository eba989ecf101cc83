package dev.crowdlab.job;

import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.HeapLimit;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.runs.RunLedger;
import dev.crowdlab.settings.Settings;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everything about one run that is known before it starts.
 *
 * @param run number, dataset, moment
 * @param plan how to read the dataset
 * @param request what was asked for
 * @param settings the settings of the whole program
 * @param source sessions of the database that holds the input
 * @param result sessions of the result database
 * @param shared the same, kept for what follows: sessions to do one thing with, and to leave as they were
 * @param clock tells when things happened
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

    /** Sessions that close the run when it has failed: what ends or cancels those of the run leaves them alone. */
    ConnectionFactory closing() {
        return result.with("application_name", "crowdlab-etl end of run " + runId());
    }

    /** The heap that the run must fit into. */
    HeapLimit heap() {
        return HeapLimit.ofProcess();
    }

    /** The ledger, by single statements. */
    RunLedger ledger() {
        return new RunLedger(shared);
    }

    /** Transactions of the run, on a shared session each. */
    TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(shared));
    }
}
