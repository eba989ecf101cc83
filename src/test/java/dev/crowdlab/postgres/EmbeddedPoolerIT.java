package dev.crowdlab.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.PooledConnections;
import dev.crowdlab.testing.PoolingProxy;
import dev.crowdlab.testing.PoolingProxy.Choice;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.SlowAfter;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Poolers that give every transaction another session. PgBouncerIT tries the one that most people have. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedPoolerIT {

    private OwnServer server;

    @BeforeAll
    void startServer(@TempDir Path directory) throws Exception {
        server = OwnServer.start(directory.resolve("data"), Map.of());
    }

    @AfterAll
    void stopServer() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @SlowAfter(1)
    @CsvSource({
        "1, LAST_USED, false",
        "2, LAST_USED, false",
        "20, LAST_USED, false",
        "1, IN_TURN, false",
        "2, IN_TURN, false",
        "3, IN_TURN, false",
        "1, LAST_USED, true",
        "20, LAST_USED, true"
    })
    void anIdlePoolIsRecognized(int size, Choice choice, boolean passesKeys) throws Exception {
        try (PoolingProxy proxy = new PoolingProxy(server.port(), size, choice, passesKeys)) {
            sessions(proxy).assertRefused(size, "run");
        }
    }

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(ints = {1, 2, 20})
    void aBusyPoolIsRecognized(int size) throws Exception {
        try (PoolingProxy proxy = new PoolingProxy(server.port(), size, Choice.LAST_USED, false)) {
            PooledConnections sessions = sessions(proxy);
            sessions.whileBusy(4, () -> sessions.assertRefused(1, "run"));
            sessions.assertRefused(size, "run");
        }
    }

    @Test
    @Tag("slow")
    void everyCommandRecognizesOne() throws Exception {
        try (PoolingProxy proxy = new PoolingProxy(server.port(), 2, Choice.LAST_USED, false)) {
            sessions(proxy).assertRefused(1, "migrate", "validate", "runs", "datasets", "verify", "purge");
        }
    }

    @Test
    void aPoolerBeforeTheSourceIsRecognized() throws Exception {
        try (PoolingProxy proxy = new PoolingProxy(server.port(), 2, Choice.LAST_USED, false);
                Warehouse results = Warehouse.with("near")) {
            Program program = results.program()
                    .with("crowdlab.source.url", url(proxy))
                    .with("crowdlab.source.username", "postgres")
                    .with(
                            "crowdlab.datasets.far.annotations-query",
                            "select 1 as example_id, 2 as annotator_id, 3 as label");
            Program.Result run = program.call("run");
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.err()).startsWith("The database of crowdlab.source.url is reached through a pooler");
            assertThat(program.call("run", "--dataset", "near").exitCode()).isZero();
        }
    }

    private static PooledConnections sessions(PoolingProxy proxy) {
        return new PooledConnections(url(proxy), "postgres");
    }

    private static String url(PoolingProxy proxy) {
        return "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres?sslmode=disable";
    }
}
