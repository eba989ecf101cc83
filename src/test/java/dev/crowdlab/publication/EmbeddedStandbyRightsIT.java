package dev.crowdlab.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.postgres.Polling;
import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.Program;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** What {@code validate} says of a user who may not see how far the standbys have replayed. */
@Tag("slow")
class EmbeddedStandbyRightsIT {

    private static final Duration CONNECTING = Duration.ofMinutes(1);

    @Test
    void aUserWhoDoesNotSeeThePositionsOfStandbysIsWarned(@TempDir Path directory) throws Exception {
        try (OwnServer server = OwnServer.start(directory.resolve("data"), Map.of())) {
            assertThat(program(server, "postgres").call("migrate").exitCode()).isZero();
            server.execute(
                    "create user etl in role crowdlab_writer",
                    "insert into crowdlab.annotation (dataset, example_id, annotator_id, label) values ('d', 'e', 'a', 'l')");
            assertThat(program(server, "etl").call("validate").err()).isEmpty();
            try (Connection connection = DriverManager.getConnection(
                            server.url("127.0.0.1")
                                    + "?replication=true&preferQueryMode=simple&assumeMinServerVersion=15",
                            "postgres",
                            "");
                    PGReplicationStream standby = stream(connection, server)) {
                assertThat(Polling.until(() -> isStreaming(server), CONNECTING)).isTrue();
                Program.Result warned = program(server, "etl").call("validate");
                assertThat(warned.exitCode()).isZero();
                assertThat(warned.err())
                        .startsWith(
                                "Warning. Standbys stream from the server, and the user etl may not see how far they have"
                                        + " replayed: a publication waits for 5 s (crowdlab.standby.planning) alone")
                        .contains("Run: grant pg_monitor to etl.");
                assertThat(standby.isClosed()).isFalse();
                server.execute("grant pg_monitor to etl");
                assertThat(program(server, "etl").call("validate").err()).isEmpty();
            }
        }
    }

    private static Program program(OwnServer server, String user) {
        return Program.withoutDatabase()
                .with("spring.datasource.url", server.url("127.0.0.1"))
                .with("spring.datasource.username", user);
    }

    /** Receives WAL as a standby does, without applying it. */
    private static PGReplicationStream stream(Connection connection, OwnServer server) throws SQLException {
        return connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withStartPosition(LogSequenceNumber.valueOf(server.value("select pg_current_wal_lsn()::text")))
                .start();
    }

    private static boolean isStreaming(OwnServer server) {
        try {
            return server.value("select exists (select from pg_stat_replication where state = 'streaming')")
                    .equals("t");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
