package dev.crowdlab.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.postgres.Polling;
import dev.crowdlab.results.ResultTableDefinitions;
import dev.crowdlab.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DetachGuardIT {

    private TestDatabase database;

    @BeforeEach
    void createTable() throws SQLException {
        database = TestDatabase.create();
        database.execute("create schema crowdlab");
        database.execute("create table crowdlab.label_quality (run_id bigint) partition by list (run_id)");
        database.execute(
                "create table crowdlab.label_quality_r1 partition of crowdlab.label_quality for values in (1)");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void anOldSnapshotThatGoesWhileTheGuardLooksIsSeenToGo() throws Exception {
        CompletableFuture<Void> detach;
        try (Connection reader = database.dataSource().getConnection();
                DetachGuard guard =
                        new DetachGuard(database.dataSource(), List.of(ResultTableDefinitions.LABEL_QUALITY))) {
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            reader.setAutoCommit(false);
            execute(reader, "select 1");
            detach = CompletableFuture.runAsync(this::detach);
            assertThat(Polling.until(this::isPending, Duration.ofSeconds(60))).isTrue();
            assertThat(guard.isUnseen(1)).isFalse();
            reader.rollback();
            assertThat(Polling.until(() -> guard.isUnseen(1), Duration.ofSeconds(60)))
                    .isTrue();
        }
        detach.get();
    }

    private void detach() {
        try {
            database.execute(
                    "alter table crowdlab.label_quality detach partition crowdlab.label_quality_r1 concurrently");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isPending() {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery("select from pg_inherits where inhdetachpending")
                    .next();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void execute(Connection connection, String text) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text);
        }
    }
}
