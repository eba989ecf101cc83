package dev.crowdlab.spark;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.publication.Predecessor;
import dev.crowdlab.publication.RunClosing;
import dev.crowdlab.results.EarlierStates;
import dev.crowdlab.settings.AskingSettings;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/**
 * The states of examples in the run that another one replaces, as executors read them.
 *
 * @param rule what decides now which examples are done, as a run records it
 */
record PublishedStates(SharedDatabases databases, String sessionName, long runId, Map<String, String> rule)
        implements Serializable {

    /** Returns where they are; empty if examples are to have no state, or had none. */
    static Optional<PublishedStates> of(SparkRunContext context, RunClosing closing, Predecessor predecessor) {
        AskingSettings asking = context.run().settings().methods().asking();
        return closing.replaced(predecessor)
                .filter(before -> asking.stop().isPresent())
                .map(before -> new PublishedStates(
                        SharedDatabases.of(context.settings()),
                        context.sessionName(),
                        before.runId(),
                        asking.recordedStop()));
    }

    /** Reads those of a part. */
    EarlierStates of(Dataset part) throws SQLException {
        return EarlierStates.read(databases.open().result().with("application_name", sessionName), runId, rule, part);
    }
}
