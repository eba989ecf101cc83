package dev.crowdlab.publication;

import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.run.OrphanedSessions;
import dev.crowdlab.run.RunLedger;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Cleans up after runs that are still RUNNING although nobody held the dataset's lock: their process is gone. */
public final class LeftOverRuns {

    /** What is recorded about such a run. */
    public static final String REASON = "The process of this run ended before the run did.";

    /** How long to wait for each lock of a run whose sessions are ended. */
    public static final Duration MAX_LOCK_WAIT = Duration.ofSeconds(60);

    private LeftOverRuns() {}

    /**
     * Ends the sessions of such runs of the dataset, removes what they wrote and closes them as FAILED. The caller must
     * hold the dataset's lock.
     *
     * @param shared a pool of sessions on the result database, where such runs are looked for
     * @param result connections to the same database, for ending them
     * @param runId the run that begins, which is left alone
     */
    public static void clear(DataSource shared, ConnectionFactory result, String dataset, long runId)
            throws InterruptedException {
        for (long leftOver : new RunLedger(shared).leftOver(dataset, runId)) {
            new OrphanedSessions(result.asUser()).end(leftOver);
            new FailedRunCloser(result, MAX_LOCK_WAIT).close(leftOver, REASON, Optional.empty());
        }
    }
}
