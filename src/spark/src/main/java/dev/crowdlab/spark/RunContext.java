package dev.crowdlab.spark;

import dev.crowdlab.closing.RunChoices;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.runs.RunLedger;
import javax.sql.DataSource;

/**
 * Everything about one run that is known before it starts.
 *
 * @param run number, dataset, time
 * @param choices what was asked for
 * @param settings of the whole program
 * @param shared sessions on the result database, for short tasks
 */
record RunContext(RunDescriptor run, RunChoices choices, ClusterSettings settings, DataSource shared) {

    long runId() {
        return run.runId();
    }

    String sessionName() {
        return RunLedger.sessionName(run.runId());
    }
}
