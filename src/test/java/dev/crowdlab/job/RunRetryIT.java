package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crowdlab.cli.call.Application;
import dev.crowdlab.cli.call.Application.DatabaseChoice;
import dev.crowdlab.cli.call.Shutdown;
import dev.crowdlab.job.RunEnvironment.Batch;
import dev.crowdlab.job.RunOutcome.Closed;
import dev.crowdlab.job.RunOutcome.Failed;
import dev.crowdlab.job.RunOutcome.InUse;
import dev.crowdlab.plan.Databases;
import dev.crowdlab.plan.DatasetInspection;
import dev.crowdlab.plan.MemoryBudget;
import dev.crowdlab.postgres.SqlErrors;
import dev.crowdlab.run.RunLock;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The attempts at one dataset: what each gives, and what it finds of the one before. */
class RunRetryIT {

    private final DatasetSettings dataset = DatasetSettings.builtIn("colors");
    private final RunCancellation cancellation = new RunCancellation(dataset);

    private Warehouse warehouse;
    private Application application;
    private RunRetry attempts;

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouse.with("colors");
        application = Application.start(
                DatabaseChoice.OWN_IF_IT_EXISTS,
                List.of(
                        "--spring.datasource.url=" + warehouse.database().url(),
                        "--spring.datasource.username=" + warehouse.database().user(),
                        "--spring.datasource.password=" + warehouse.database().password()),
                new Shutdown(),
                Optional.empty());
        RunEnvironment environment = new RunEnvironment(
                application.bean(Batch.class),
                application.bean(Settings.class),
                application.bean(Databases.class),
                application.bean(DatasetInspection.class),
                new MemoryBudget(Runtime.getRuntime().maxMemory()),
                Clock.systemUTC(),
                "test");
        attempts = new RunRetry(environment, dataset, RunRequest.NIGHTLY, Progress.NONE, cancellation);
    }

    @AfterEach
    void close() throws SQLException {
        application.close();
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    @Test
    void anAttemptThatSucceedsIsTheOutcome() throws Exception {
        assertThat(attempts.execute().end()).isEqualTo(new Closed(RunStatus.PUBLISHED, true, Optional.empty()));
        assertThat(warehouse.published("colors")).isEqualTo("1");
    }

    @Test
    void anAttemptThatLostTheDatabaseIsFollowedByARunOfItsOwn() throws Exception {
        failOnce("insert on crowdlab.annotator_stats", "57P01");
        RunAttemptException failed = catchThrowableOfType(RunAttemptException.class, attempts::execute);
        assertThat(failed.outcome().runId()).contains(1L);
        assertThat(failed.outcome().end()).isInstanceOf(Failed.class);
        assertThat(SqlErrors.isTransient(failed)).isTrue();
        assertThat(warehouse.statuses()).containsExactly("FAILED");
        RunOutcome second = attempts.execute();
        assertThat(second.runId()).contains(2L);
        assertThat(second.end()).isEqualTo(new Closed(RunStatus.PUBLISHED, true, Optional.empty()));
        assertThat(warehouse.statuses()).containsExactly("FAILED", "PUBLISHED");
        assertThat(warehouse.standAloneTables()).isEmpty();
    }

    @Test
    void anAttemptThatCouldNotCloseItsRunLeavesThatToTheNext() throws Exception {
        failOnce("insert on crowdlab.annotator_stats", "57P01");
        failTwice("update on crowdlab.run", "57P01");
        RunAttemptException failed = catchThrowableOfType(RunAttemptException.class, attempts::execute);
        assertThat(failed.outcome().end()).isInstanceOf(Failed.class);
        assertThat(warehouse.statuses()).containsExactly("RUNNING");
        RunAttemptException again = catchThrowableOfType(RunAttemptException.class, attempts::execute);
        assertThat(again.outcome().runId())
                .as("the run that is still to be closed")
                .contains(1L);
        assertThat(attempts.execute().runId()).contains(2L);
        assertThat(warehouse.statuses()).containsExactly("FAILED", "PUBLISHED");
    }

    @Test
    void aRunThatWasPublishedAlthoughItsMetadataWereLostIsNotRunAgain() throws Exception {
        warehouse.execute("alter table crowdlab.batch_job_execution add check (status <> 'COMPLETED')");
        RunOutcome outcome = attempts.execute();
        assertThat(outcome.runId()).contains(1L);
        assertThat(outcome.end()).isEqualTo(new Closed(RunStatus.PUBLISHED, true, Optional.empty()));
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED");
    }

    @Test
    @SuppressWarnings("try") // the lock is held, not used
    void aDatasetInUseIsNotTriedAgain() throws Exception {
        try (RunLock lock = RunLock.take(warehouse.database().dataSource(), "colors")) {
            assertThat(attempts.execute().end()).isInstanceOf(InUse.class);
        }
        assertThat(warehouse.statuses()).isEmpty();
    }

    @Test
    void aDatasetThatWasStoppedIsNotBegun() throws Exception {
        cancellation.stop("The night is over");
        RunAttemptException failed = catchThrowableOfType(RunAttemptException.class, attempts::execute);
        assertThat(Thread.interrupted())
                .as("the wait for another attempt ends at once")
                .isTrue();
        assertThat(failed.outcome().end()).isInstanceOfSatisfying(Failed.class, end -> assertThat(end.cause())
                .hasMessage("The night is over"));
        assertThat(warehouse.statuses()).isEmpty();
    }

    private void failOnce(String event, String state) throws SQLException {
        fail("once", 1, event, state);
    }

    private void failTwice(String event, String state) throws SQLException {
        fail("twice", 2, event, state);
    }

    /** Makes the first changes of a kind fail; a sequence counts them, since it is not rolled back. */
    private void fail(String name, int times, String event, String state) throws SQLException {
        warehouse.execute(
                "create sequence public." + name,
                "create function public." + name + "() returns trigger language plpgsql security definer as $$ begin"
                        + " if nextval('public." + name + "') <= " + times
                        + " then raise 'the server goes away' using errcode = '" + state + "'; end if;"
                        + " return new; end $$",
                "create trigger " + name + " before " + event + " for each row execute function public." + name + "()");
    }
}
