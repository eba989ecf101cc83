package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hot standby, which lets nobody write: as source of annotations, and as the primary that it is about to be. */
class EmbeddedStandbyIT {

    @Test
    void aReadReplicaServesAsSource(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        try (OwnServer primary = OwnServer.start(data, Map.of())) {
            primary.execute(
                    "create user reader",
                    "create table vote as select 'e' || e as example_id, 'a' || a as annotator_id,"
                            + " (array['x', 'y', 'z'])[1 + (e * a) % 3] as label"
                            + " from generate_series(1, 30) e, generate_series(1, 4) a",
                    "create table guess as select 'e' || e as example_id, label, 1 / 3.0 as probability"
                            + " from generate_series(1, 40) e, unnest(array['x', 'y', 'z']) label",
                    "grant select on vote, guess to reader");
        }
        try (OwnServer standby = OwnServer.standby(data);
                Warehouse results = Warehouse.with("near")) {
            Program program = Program.on(results.database())
                    .with("crowdlab.source.url", standby.url("127.0.0.1"))
                    .with("crowdlab.source.username", "reader")
                    .with("crowdlab.datasets.far.annotations-query", "select * from vote")
                    .with("crowdlab.datasets.far.predictions-query", "select * from guess");
            assertThat(program.call("validate").exitCode()).isZero();
            Program.Result run = program.call("run");
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(results.column("select dataset || ' ' || num_examples from crowdlab.run"
                            + " where status = 'PUBLISHED' order by 1"))
                    .containsExactly("far 30", "near 40");
            assertThat(program.call("run").out()).contains("nothing new");
        }
    }

    /** In the first seconds of a failover the primary's address leads to a server that is read-only until it is promoted. */
    @Test
    @Tag("slow")
    void aRunGoesOnWhenTheStandbyIsPromoted(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        try (OwnServer primary = OwnServer.start(data, Map.of())) {
            assertThat(on(primary).call("migrate").exitCode()).isZero();
            primary.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                    + " select 'votes', 'e' || e, 'a' || a, (array['x', 'y', 'z'])[1 + (e * a) % 3]"
                    + " from generate_series(1, 30) e, generate_series(1, 4) a");
        }
        try (OwnServer standby = OwnServer.standby(data)) {
            Program.Result impatient = on(standby).with("crowdlab.retry", "0s").call("run");
            assertThat(impatient.exitCode()).isNotZero();
            assertThat(impatient.out() + impatient.err()).contains("in a read-only transaction");
            CompletableFuture<Program.Result> patient =
                    CompletableFuture.supplyAsync(() -> on(standby).call("run"));
            standby.execute("select pg_sleep(5)", "select pg_promote()");
            Program.Result run = patient.get(3, TimeUnit.MINUTES);
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(standby.value("select string_agg(status || ' ' || num_examples, ', ') from crowdlab.run"))
                    .isEqualTo("PUBLISHED 30");
        }
    }

    private static Program on(OwnServer server) {
        return Program.withoutDatabase()
                .with("spring.datasource.url", server.url("127.0.0.1"))
                .with("spring.datasource.username", "postgres");
    }
}
