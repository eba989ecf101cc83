package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionSystemException;

class CausesTest {

    private final SQLException lost = new SQLException("connection lost", "08006");
    private final IllegalStateException failure = new IllegalStateException(lost);

    @Test
    void theyComeOutermostFirst() {
        assertThat(Causes.of(new RuntimeException(failure))).hasSize(3).endsWith(failure, lost);
        assertThat(Causes.first(failure, SQLException.class)).containsSame(lost);
        assertThat(Causes.first(failure, IOException.class)).isEmpty();
    }

    @Test
    void whatLedToAFailedRollbackComesBeforeTheFailureOfTheRollback() {
        TransactionSystemException rollback =
                new TransactionSystemException("rollback failed", new SQLException("closed", "08003"));
        assertThat(Causes.of(rollback)).hasSize(2);
        rollback.initApplicationException(failure);
        assertThat(Causes.of(rollback)).containsExactly(rollback, failure, lost);
    }
}
