package dev.crowdlab.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.postgres.Polling;
import dev.crowdlab.testing.OpenProgram;
import dev.crowdlab.testing.OwnServer;
import dev.crowdlab.testing.Program;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards on a streaming standby that read without a pause while runs are published, and the old ones removed, on the primary. */
@Tag("slow")
class EmbeddedStandbyReadersIT {

    private static final int PUBLICATIONS = 4;
    private static final int READERS = 3;
    private static final int EXAMPLES = 9;

    /** What planning may take; of a statement that took longer as a whole nothing is promised. */
    private static final Duration PLANNING = Duration.ofSeconds(2);

    /** Under load a standby may be slow; here it is waited for as long as it takes. */
    private static final Duration REPLAY = Duration.ofMinutes(2);

    /**
     * Commits that do not wait for the WAL stay unsent for a long time: a publication that does not see to it that the standby
     * gets the attached partitions sends them together with the switch.
     */
    private static final Map<String, String> LAZY_WAL = Map.of("synchronous_commit", "off", "wal_writer_delay", "10s");

    /** The function's first call in a statement is the planner's, which knows the partitions by then. */
    private static final String READ =
            "select count(*) from crowdlab_bi.label_quality where dataset = 'd' and example_id <> public.pause()";

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    @Test
    void noReaderOfAStandbySeesNothingOrAnError(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("primary");
        Path copy = directory.resolve("standby");
        try (OwnServer primary = OwnServer.start(data, Map.of())) {
            fill(primary);
        }
        assertThat(new ProcessBuilder("cp", "-a", data.toString(), copy.toString())
                        .start()
                        .waitFor())
                .isZero();
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try (OwnServer primary = OwnServer.start(data, LAZY_WAL);
                OwnServer standby = OwnServer.standby(copy, primary);
                OpenProgram program = OpenProgram.on(
                        primary.url("127.0.0.1"),
                        "postgres",
                        "",
                        "crowdlab.retention.runs=1",
                        "crowdlab.retention.grace=0s",
                        "crowdlab.standby.replay=" + REPLAY,
                        "crowdlab.standby.planning=" + PLANNING)) {
            assertThat(Polling.until(() -> isStreaming(primary), REPLAY)).isTrue();
            List<Future<?>> reading = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                reading.add(readers.submit(() -> read(standby)));
            }
            for (int publication = 1; publication <= PUBLICATIONS && faults.isEmpty(); publication++) {
                program.runForced();
            }
            primary.execute("set synchronous_commit = on", "create table public.sent ()");
            assertThat(Polling.until(() -> !faults.isEmpty() || showsTheLastRun(standby), REPLAY))
                    .isTrue();
            isOver.set(true);
            for (Future<?> reader : reading) {
                reader.get();
            }
            assertThat(faults).isEmpty();
            assertThat(reads.get()).isGreaterThan(PUBLICATIONS);
            assertThat(primary.value("select count(*) from crowdlab.run where status = 'PUBLISHED'"))
                    .isEqualTo(String.valueOf(PUBLICATIONS + 1));
        } finally {
            isOver.set(true);
            readers.shutdownNow();
        }
    }

    private static boolean showsTheLastRun(OwnServer standby) {
        return isTrue(standby, "select run_id = " + (PUBLICATIONS + 1) + " from crowdlab.published_run");
    }

    /** A standby that is not connected yet is not waited for. */
    private static boolean isStreaming(OwnServer primary) {
        return isTrue(
                primary,
                "select exists (select from pg_stat_replication where state = 'streaming' and replay_lsn is not null)");
    }

    private static boolean isTrue(OwnServer server, String query) {
        try {
            return server.value(query).equals("t");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(OwnServer primary) throws SQLException {
        Program program = Program.withoutDatabase()
                .with("spring.datasource.url", primary.url("127.0.0.1"))
                .with("spring.datasource.username", "postgres");
        assertThat(program.call("migrate").exitCode()).isZero();
        primary.execute(
                "insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                        + " select 'd', 'e' || e, 'a' || a, 'l' || e % 2 from generate_series(1, " + EXAMPLES
                        + ") e, generate_series(1, 2) a",
                """
                create function public.pause() returns text language plpgsql stable as $$
                begin
                    if current_setting('test.calls') = '0' then
                        perform set_config('test.calls', '1', false);
                        perform pg_sleep(0.3);
                    end if;
                    return 'nobody';
                end $$""");
        assertThat(program.call("run").exitCode()).isZero();
    }

    private void read(OwnServer standby) {
        try (Connection connection = DriverManager.getConnection(standby.url("127.0.0.1"), "postgres", "");
                Statement statement = connection.createStatement()) {
            while (!isOver.get()) {
                statement.execute("set test.calls = '0'");
                long begun = System.nanoTime();
                try (ResultSet rows = statement.executeQuery(READ)) {
                    rows.next();
                    Duration took = Duration.ofNanos(System.nanoTime() - begun);
                    if (took.compareTo(PLANNING) > 0) {
                        continue;
                    }
                    if (rows.getInt(1) != EXAMPLES) {
                        faults.add(rows.getInt(1) + " rows after " + took);
                    }
                }
                reads.incrementAndGet();
            }
        } catch (SQLException e) {
            faults.add(e.getMessage());
        }
    }
}
