package dev.crowdlab.spark;

import dev.crowdlab.publication.RunChoices;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunLedger;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Everything about one run that is known before it starts.
 *
 * @param run number, dataset, time
 * @param choices the options of the command line
 * @param settings of the whole program
 * @param database sessions on the result database, for short tasks; empty if results are files alone
 */
record SparkRunContext(RunDescriptor run, RunChoices choices, ClusterSettings settings, Optional<DataSource> database) {

    /**
     * Sessions on the result database.
     *
     * @throws java.util.NoSuchElementException if results are files alone
     */
    DataSource shared() {
        return database.orElseThrow();
    }

    long runId() {
        return run.runId();
    }

    String sessionName() {
        return RunLedger.sessionName(run.runId());
    }
}
