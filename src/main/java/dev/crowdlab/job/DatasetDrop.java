package dev.crowdlab.job;

import dev.crowdlab.forget.DatasetRemoval;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.publication.LeftOverRuns;
import dev.crowdlab.publication.PublicationRefusedException;
import dev.crowdlab.retention.Retention;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.run.DatasetInUseException;
import dev.crowdlab.run.RunHistory;
import dev.crowdlab.run.RunLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Removes a dataset altogether while holding its lock. Each step leaves a state that is whole: withdrawn, then without
 * large tables, as retention leaves it, then gone. So a call that was interrupted can be repeated.
 */
public final class DatasetDrop {

    /** No run has this number, so that every run left RUNNING is cleaned up. */
    private static final long NO_RUN = 0;

    private final ConnectionFactory results;
    private final ConnectionFactory owner;
    private final DatasetRemoval removal;

    DatasetDrop(Databases databases) {
        results = databases.result().with("application_name", "crowdlab-etl drop");
        owner = results.asOwnerOf("forget_log").with("lock_timeout", "10s");
        removal = new DatasetRemoval(owner, BatchMetadataRetention::removeAll);
    }

    /**
     * What was removed.
     *
     * @param rows number of rows, by table
     * @param input the number of rows that remain in the built-in input tables, by table
     */
    public record Report(Map<String, Long> rows, Map<String, Long> input) {

        /** Maps are copied. */
        public Report {
            rows = Map.copyOf(rows);
            input = Map.copyOf(input);
        }
    }

    /**
     * Removes a dataset.
     *
     * @param isInputRemoved whether its rows in the built-in input tables go, too
     * @throws PublicationRefusedException if there is no such dataset, or the user lacks the right
     * @throws DatasetInUseException if it is being run
     * @throws RetentionInUseException if another session keeps removing old results, or reads those of the dataset
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Report drop(String dataset, boolean isInputRemoved) throws SQLException, InterruptedException {
        removal.requireOwner();
        try (RunLock lock = RunLock.take(owner.asUser(), dataset)) {
            requireKnown(dataset, isInputRemoved);
            LeftOverRuns.clear(results, results, dataset, NO_RUN);
            removal.withdraw(dataset);
            Optional<String> hindrance = new Retention(results).removeAll(dataset);
            if (hindrance.isPresent()) {
                throw new RetentionInUseException("Dataset '" + dataset
                        + "' is no longer published, but could not be dropped yet: " + hindrance.get()
                        + "; call drop again when that has ended");
            }
            Map<String, Long> rows = removal.remove(dataset, isInputRemoved);
            return new Report(rows, removal.input(dataset));
        }
    }

    private void requireKnown(String dataset, boolean isInputRemoved) {
        if (removal.hasResults(dataset)) {
            return;
        }
        boolean hasInput = !removal.input(dataset).isEmpty();
        if (hasInput && isInputRemoved) {
            return;
        }
        List<String> known = new RunHistory(owner).datasets();
        throw new PublicationRefusedException(
                hasInput
                        ? "Dataset '" + dataset + "' has no run, only rows in the built-in input tables; add --input to"
                                + " remove those"
                        : "There is no run of a dataset '" + dataset + "'; datasets with runs are "
                                + (known.isEmpty() ? "none" : String.join(", ", known)));
    }
}
