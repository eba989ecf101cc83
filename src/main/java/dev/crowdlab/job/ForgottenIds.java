package dev.crowdlab.job;

import dev.crowdlab.forget.Forgetting;
import dev.crowdlab.forget.Forgetting.Outcome;
import dev.crowdlab.forget.Subject;
import dev.crowdlab.forget.TextPlace;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.publication.PublicationRefusedException;
import dev.crowdlab.retention.RetentionInUseException;
import dev.crowdlab.run.DatasetInUseException;
import dev.crowdlab.run.RunLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Forgets ids while holding the locks of the datasets that contain them. */
public final class ForgottenIds {

    /** Spring Batch records why a job or a step failed, and these messages may mention an id. */
    private static final List<TextPlace> BATCH_MESSAGES =
            List.of(new TextPlace("batch_job_execution", """
                    select e.job_execution_id as id, '' as part, e.exit_message as text
                    from crowdlab.batch_job_execution e
                    join crowdlab.batch_job_execution_params p on p.job_execution_id = e.job_execution_id
                    where p.parameter_name = 'dataset' and p.parameter_value = :dataset""", """
                    update crowdlab.batch_job_execution set exit_message = left(:text, 2500)
                    where job_execution_id = :id and :part = ''"""), new TextPlace("batch_step_execution", """
                    select e.step_execution_id as id, '' as part, e.exit_message as text
                    from crowdlab.batch_step_execution e
                    join crowdlab.batch_job_execution_params p on p.job_execution_id = e.job_execution_id
                    where p.parameter_name = 'dataset' and p.parameter_value = :dataset""", """
                    update crowdlab.batch_step_execution set exit_message = left(:text, 2500)
                    where step_execution_id = :id and :part = ''"""));

    private final ConnectionFactory connections;

    ForgottenIds(Databases databases) {
        connections = databases
                .result()
                .asOwnerOf("forget_log")
                .with("application_name", "crowdlab-etl forget")
                .with("lock_timeout", "10s");
    }

    /**
     * The number of replacements.
     *
     * @param datasets the datasets that contained the id, by name; empty if none did
     * @param outcome what was replaced there
     */
    public record Report(SortedSet<String> datasets, Optional<Outcome> outcome) {}

    /**
     * Replaces an id in one dataset, or in all.
     *
     * @throws DatasetInUseException if one of them is being run
     * @throws RetentionInUseException if another session keeps removing old results
     * @throws PublicationRefusedException if the user lacks the right
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Report forget(Subject subject, Optional<String> dataset) throws SQLException {
        Forgetting forgetting = new Forgetting(connections, BATCH_MESSAGES);
        forgetting.requireOwner();
        SortedSet<String> datasets = forgetting.datasets(subject, dataset);
        if (datasets.isEmpty()) {
            return new Report(datasets, Optional.empty());
        }
        try (RunLock lock = RunLock.take(connections.asUser(), datasets)) {
            return new Report(datasets, Optional.of(forgetting.forget(subject, datasets, dataset)));
        }
    }
}
