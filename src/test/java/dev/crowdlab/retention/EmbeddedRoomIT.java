package dev.crowdlab.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.Program;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said beforehand of a server that has too few locks or sessions for what it shall do. */
@Tag("slow")
class EmbeddedRoomIT {

    @Test
    void tooFewLocksOrSessionsAreAWarning(@TempDir Path directory) throws Exception {
        try (OwnServer server = OwnServer.start(
                directory.resolve("data"), Map.of("max_connections", "20", "max_locks_per_transaction", "10"))) {
            Program program = Program.withoutDatabase()
                    .with("spring.datasource.url", server.url("127.0.0.1"))
                    .with("spring.datasource.username", "postgres");
            assertThat(program.call("migrate").exitCode()).isZero();
            server.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                    + " select d, 'e' || e, 'a' || a, 'l' || e % 2"
                    + " from unnest(array['one', 'two', 'three']) d, generate_series(1, 9) e, generate_series(1, 2) a");
            assertThat(program.call("validate").err()).isEmpty();
            Program.Result run = program.call("run", "--parallel", "2");
            assertThat(run.err())
                    .containsPattern(
                            "Warning\\. Up to 20 sessions of the result database are needed to run 2 datasets at a time,"
                                    + " and 1\\d are free \\(max_connections 20, less 3 reserved and [1-4] in use\\)\\.");
            assertThat(program.call("run", "--force").err()).doesNotContain("Warning");

            server.execute(
                    "do $$ begin for i in 1..30 loop execute format('create table crowdlab.label_quality_r%s partition of"
                            + " crowdlab.label_quality for values in (%s)', 1000 + i, 1000 + i); end loop; end $$");
            long partitions = Long.parseLong(server.value(
                    "select count(*) from pg_inherits where inhparent = 'crowdlab.label_quality'::regclass"));
            assertThat(locksOfOneStatement(server)).isBetween(2 * partitions, 2 * partitions + 10);
            Program.Result validated = program.call("validate");
            assertThat(validated.exitCode())
                    .as(validated.out() + validated.err())
                    .isZero();
            assertThat(validated.err())
                    .contains(
                            "Warning. The server has room for about 200 locks (max_locks_per_transaction 10 for 20 connections),"
                                    + " and a statement on a view of results takes about " + 2 * partitions
                                    + ", two for each kept partition of a table; more than 2 at a time may end with \"out of shared"
                                    + " memory\", and so may a run. Set max_locks_per_transaction to 64, keep fewer runs"
                                    + " (crowdlab.retention.runs), or divide the datasets among several databases.");
        }
    }

    private static long locksOfOneStatement(OwnServer server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url("127.0.0.1"), "postgres", "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from crowdlab_bi.label_quality where dataset = 'one'");
            try (ResultSet rows = statement.executeQuery("select count(*) from pg_locks where pid = pg_backend_pid()"
                    + " and relation in (select oid from pg_class where relname like 'label\\_quality%')")) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
