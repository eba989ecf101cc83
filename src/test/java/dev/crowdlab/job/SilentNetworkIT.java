package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.postgres.Impatience;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import dev.crowdlab.testing.Wire;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that swallows everything without closing a connection is noticed; a statement that takes long is let alone. */
@Tag("slow")
class SilentNetworkIT {

    private static final long MAX_SECONDS = 120;

    private Warehouse warehouse;
    private Impatience impatience;

    @BeforeEach
    void publish() throws SQLException {
        warehouse = Warehouse.with("colors");
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        impatience = new Impatience(Duration.ofSeconds(3));
    }

    @AfterEach
    void nothingIsLeft() throws SQLException {
        impatience.close();
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        warehouse.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"copy (select", "copy crowdlab.detailed_label_quality", "insert into crowdlab.published_run"})
    void aRunWhoseNetworkFallsSilentIsRunAgain(String statement) throws Exception {
        Program.Result result;
        try (Wire wire = new Wire(warehouse.database().url())) {
            wire.silenceAt(statement);
            Program program = warehouse
                    .program()
                    .with("spring.datasource.url", wire.url(warehouse.database().url()));
            result = CompletableFuture.supplyAsync(() -> program.call("run", "--force"))
                    .get(MAX_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "FAILED", "PUBLISHED");
        assertThat(warehouse.published("colors")).isEqualTo("3");
        assertThat(warehouse.value("select message from crowdlab.run_check where run_id = 2 and code = 'FAILED'"))
                .matches(
                        "A connection to the database was closed: nothing was sent or received for \\d+ s, and the server"
                                // a session that was just about to say who serves it
                                + " (is not working on its statement|does not say which process serves it)"
                                // a session that was just being opened
                                + "|The database of spring\\.datasource\\.url answered before and no longer does; .*");
    }

    @Test
    void aStatementThatTakesLongIsLetAlone() throws SQLException {
        Program.Result result = warehouse
                .program()
                .with(
                        "crowdlab.datasets.slow.annotations-query",
                        "select example_id, annotator_id, label from crowdlab.annotation,"
                                + " (select pg_sleep(10) offset 0) as long_since")
                .call("run", "--dataset", "slow");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertThat(warehouse.statuses()).containsExactly("PUBLISHED", "PUBLISHED");
        assertThat(warehouse.value(
                        "select finished_at - started_at > interval '10 s' from crowdlab.run where run_id = 2"))
                .isEqualTo("t");
    }
}
