package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.util.backoff.BackOffExecution;

class TransientFaultPolicyTest {

    private final AtomicLong nanos = new AtomicLong(-1_000_000_000);

    private static Exception failure(String state) {
        return new IllegalStateException("a step failed", new SQLException("no way", state));
    }

    private TransientFaultPolicy upTo(Duration limit) {
        return new TransientFaultPolicy(() -> limit, nanos::get, () -> false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08003", "08006", "57P01", "57P02", "57P03", "53300", "40001", "40P01"})
    void whatMayPassIsTriedAgain(String state) {
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(failure(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "28000", "3D000", "42P01", "42501", "53100", "57014", "25P02", "22012"})
    void whatWillStayIsNot(String state) {
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(failure(state))).isFalse();
    }

    private static SQLException noConnection(SQLException cause) {
        return new NoConnectionException("spring.datasource", "jdbc:postgresql://localhost/x", cause, false);
    }

    @Test
    void aMissingPasswordIsNotAlsoWhereThePoolSpeaksOfIt() {
        SQLException missing = noConnection(new PSQLException("no password", PSQLState.CONNECTION_REJECTED));
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(missing)).isFalse();
        assertThat(upTo(Duration.ofMinutes(1))
                        .shouldRetry(new SQLTransientConnectionException("timed out", "08004", missing)))
                .isFalse();
    }

    @Test
    void aServerThatRejectsInTheSameStateIsTriedAgain() {
        PSQLException server = new PSQLException(new ServerErrorMessage("SFATAL\0C08004\0Mtoo busy\0"));
        PSQLException withoutProcess =
                new PSQLException(GT.tr("The server does not support SSL."), PSQLState.CONNECTION_REJECTED);
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(noConnection(server)))
                .isTrue();
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(noConnection(withoutProcess)))
                .isTrue();
    }

    @Test
    void whatHasNothingToDoWithTheDatabaseIsNot() {
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(new IllegalStateException("08006")))
                .isFalse();
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(new SQLException("no state")))
                .isFalse();
    }

    @Test
    void aRollbackThatFailsTooDoesNotHideTheLoss() {
        TransactionSystemException rollback =
                new TransactionSystemException("rollback failed", new SQLException("already rolled back", "25P02"));
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(rollback)).isFalse();
        rollback.initApplicationException(failure("08006"));
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(rollback)).isTrue();
    }

    @Test
    void whatThePoolSaysOfABrokenConnectionIsUnderstood() {
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(new SQLException("Connection is closed")))
                .isTrue();
        assertThat(upTo(Duration.ofMinutes(1)).shouldRetry(new SQLTransientConnectionException("timed out")))
                .isTrue();
    }

    @Test
    void theTimeCountsFromTheFirstFailure() {
        TransientFaultPolicy policy = upTo(Duration.ofMinutes(2));
        nanos.addAndGet(Duration.ofHours(3).toNanos());
        assertThat(policy.shouldRetry(failure("57P01"))).isTrue();
        nanos.addAndGet(Duration.ofSeconds(119).toNanos());
        assertThat(policy.shouldRetry(failure("08001"))).isTrue();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(policy.shouldRetry(failure("08001"))).isFalse();
    }

    @Test
    void noTimeMeansNeverAndALifetimeIsNoProblem() {
        assertThat(upTo(Duration.ZERO).shouldRetry(failure("08006"))).isFalse();
        assertThat(upTo(Duration.ofSeconds(Long.MAX_VALUE)).shouldRetry(failure("08006")))
                .isTrue();
    }

    @Test
    void whoeverWasAskedToStopGivesUp() {
        assertThat(new TransientFaultPolicy(() -> Duration.ofMinutes(1), nanos::get, () -> true)
                        .shouldRetry(failure("08006")))
                .isFalse();
    }

    @Test
    void theWaitsGrowToFiveSeconds() {
        BackOffExecution waits = upTo(Duration.ofMinutes(1)).getBackOff().start();
        assertThat(new long[] {
                    waits.nextBackOff(),
                    waits.nextBackOff(),
                    waits.nextBackOff(),
                    waits.nextBackOff(),
                    waits.nextBackOff()
                })
                .containsExactly(500, 1_000, 2_000, 4_000, 5_000);
    }
}
