package dev.crowdlab.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RestartableServer;
import dev.crowdlab.testing.RestartableServer.Stop;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults at random moments of a run on 50,000 examples: the process is killed or told to stop, the server restarts, sessions
 * are ended. After each, what is published is wholly the old result or wholly the new one, to the bit; a run that lost its
 * database has published in spite of it; the next run needs no help, gives the bits of an undisturbed one, and leaves nothing
 * behind. The long form, {@code ./mvnw -B verify -Pthorough -Dit.test=EmbeddedFaultIT}, kills 200 times.
 */
@Tag("thorough")
class EmbeddedFaultIT {

    private static final int KILLS = Integer.getInteger("crowdlab.fault.kills", 4);
    private static final int OTHERS = Math.max(1, KILLS / 10);
    private static final long SEED = Long.getLong("crowdlab.fault.seed", 20_261_124);
    private static final long MAX_SECONDS = 180;
    private static final long MAX_STOP_MILLIS = 30_000;

    /** What a result is compared by: all columns of the views but the run's number. */
    private static final String RESULT = """
            select md5(string_agg(line, ',' order by line)) from (
                select concat_ws('|', 'q', example_id, consensus_label, consensus_quality_score, annotator_agreement,
                    num_annotations, tie_break) as line
                from crowdlab_bi.label_quality where dataset = '%1$s'
                union all
                select concat_ws('|', 'd', example_id, annotator_id, label, quality_score)
                from crowdlab_bi.detailed_label_quality where dataset = '%1$s'
                union all
                select concat_ws('|', 'n', example_id, score, num_annotations)
                from crowdlab_bi.label_next where dataset = '%1$s'
                union all
                select concat_ws('|', 's', annotator_id, annotator_quality, worst_class, annotator_weight)
                from crowdlab_bi.annotator_stats where dataset = '%1$s') as result""";

    private static final String DIGESTS = """
            select string_agg(t.table_name || t.row_count || t.digest, ',' order by t.table_name)
            from crowdlab.run_table t join crowdlab.published_run p on p.run_id = t.run_id
            where p.dataset = '%s' and t.table_name not in ('label_change', 'run_check')""";

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private final Random random = new Random(SEED);
    /** Of the two inputs: what is seen of an undisturbed run, and the digests of its tables. */
    private final String[] results = new String[2];

    private final String[] digests = new String[2];
    private final Map<Fault, Integer> disturbed = new EnumMap<>(Fault.class);
    private int publishedInSpite;
    private long longestStopMillis;

    private enum Fault {
        KILL,
        SIGNAL,
        RESTART_IMMEDIATE,
        RESTART_FAST,
        END_SESSIONS
    }

    @Test
    void afterAFaultTheOldOrTheNewResultIsThereAndTheNextRunNeedsNoHelp() throws Exception {
        try (RestartableServer server = RestartableServer.start()) {
            warehouse = Warehouse.on(server.createDatabase());
            makeInput();
            long millis = runUndisturbed();
            List<Fault> faults = new ArrayList<>(Collections.nCopies(KILLS, Fault.KILL));
            for (Fault other : List.of(Fault.SIGNAL, Fault.RESTART_IMMEDIATE, Fault.RESTART_FAST, Fault.END_SESSIONS)) {
                faults.addAll(Collections.nCopies(OTHERS, other));
            }
            Collections.shuffle(faults, random);
            assertThat(program("faulty").call("run").exitCode()).isZero();
            int version = 1;
            for (int round = 0; round < faults.size(); round++) {
                version = 1 - version;
                warehouse.execute("update public.version set number = " + version);
                long delay = (long) (random.nextDouble() * 1.1 * millis);
                String name = "round " + round + ", " + faults.get(round) + " after " + delay + " ms";
                disturb(faults.get(round), delay, server, name);
                assertOldOrNew(version, name);
                assertNextRunNeedsNoHelp(version, name);
            }
            assertVerified("at last");
            assertThat(warehouse.chainFaults()).isEmpty();
            System.err.println(
                    "EmbeddedFaultIT, seed " + SEED + ": " + faults.size() + " faults, of which hit a process: "
                            + disturbed + "; " + publishedInSpite + " of the runs had published; the longest stop took "
                            + longestStopMillis + " ms");
            assertThat(disturbed.getOrDefault(Fault.KILL, 0))
                    .as("kills of a live process")
                    .isPositive();
        }
    }

    private void makeInput() throws SQLException {
        warehouse.execute(
                "create table public.version (number int)", "insert into public.version values (1)", """
                create table public.vote as
                select 'e' || e as example_id, 'a' || (e * 7 + a * 31) % 300 as annotator_id, (e * 17 + a) % 100 as draw,
                    e % 5 as truth
                from generate_series(1, 50000) e, generate_series(1, 3) a""", """
                create table public.guess as
                select 'e' || e as example_id,
                    array(select case when k = (e + (e % 7) / 6) % 5 then 0.6 else 0.1 end from generate_series(0, 4) k)
                        as probabilities
                from generate_series(1, 50000) e""");
    }

    private Program program(String dataset) {
        Program program = Program.on(warehouse.database())
                .with("crowdlab.retention.runs", "1")
                .with("crowdlab.retention.grace", "0s")
                .with("crowdlab.datasets." + dataset + ".annotations-query", """
                        select example_id, annotator_id, 'c' || (truth + case when draw < 20 + 5 * number then draw else 0 end)
                            % 5 as label from public.vote, public.version""")
                .with(
                        "crowdlab.datasets." + dataset + ".predictions-query",
                        "select example_id, probabilities from public.guess");
        for (int label = 0; label < 5; label++) {
            program.with("crowdlab.datasets." + dataset + ".classes[" + label + "]", "c" + label);
        }
        return program;
    }

    /** Learns what both inputs give, and how long a process takes. */
    private long runUndisturbed() throws Exception {
        long millis = 0;
        for (int version = 0; version < 2; version++) {
            warehouse.execute("update public.version set number = " + version);
            long start = System.nanoTime();
            Process process = program("clean").start(directory, "run", "--dataset", "clean");
            assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
            millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            assertThat(process.exitValue()).as(output()).isZero();
            results[version] = warehouse.value(RESULT.formatted("clean"));
            digests[version] = warehouse.value(DIGESTS.formatted("clean"));
        }
        assertThat(results[0]).isNotEqualTo(results[1]);
        return millis;
    }

    private void disturb(Fault fault, long delay, RestartableServer server, String name) throws Exception {
        String former = warehouse.published("faulty");
        Process process = program("faulty").start(directory, "run", "--dataset", "faulty");
        Thread.sleep(delay);
        if (process.isAlive()) {
            disturbed.merge(fault, 1, Integer::sum);
        }
        switch (fault) {
            case KILL -> process.destroyForcibly();
            case SIGNAL -> stop(process);
            case RESTART_IMMEDIATE -> restart(server, Stop.IMMEDIATE);
            case RESTART_FAST -> restart(server, Stop.FAST);
            case END_SESSIONS -> endSessions();
        }
        assertThat(process.waitFor(MAX_SECONDS, TimeUnit.SECONDS))
                .as(name + output())
                .isTrue();
        boolean hasPublished = !warehouse.published("faulty").equals(former);
        publishedInSpite += hasPublished ? 1 : 0;
        if (fault == Fault.KILL || fault == Fault.SIGNAL) {
            assertThat(process.exitValue()).as(name + output()).isIn(0, 128 + 9, 128 + 15);
        } else {
            assertThat(process.exitValue()).as(name + output()).isZero();
            assertThat(hasPublished).as(name + output()).isTrue();
        }
    }

    private void stop(Process process) throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(millis).isLessThan(MAX_STOP_MILLIS);
        longestStopMillis = Math.max(longestStopMillis, millis);
    }

    /** Some of those that there are, whatever they do. */
    private void endSessions() throws SQLException {
        for (String pid : warehouse.column("select pid from pg_stat_activity"
                + " where application_name like 'crowdlab-etl%' and datname = current_database() order by pid")) {
            if (random.nextBoolean()) {
                warehouse.column("select pg_terminate_backend(" + pid + ")");
            }
        }
    }

    private static void restart(RestartableServer server, Stop how) throws Exception {
        server.stop(how);
        server.startAgain();
    }

    private void assertOldOrNew(int version, String name) throws SQLException {
        assertThat(warehouse.value(RESULT.formatted("faulty"))).as(name).isIn(results[version], results[1 - version]);
        assertThat(warehouse.column("""
                select distinct run_id from (
                    select run_id, dataset from crowdlab_bi.label_quality
                    union all select run_id, dataset from crowdlab_bi.detailed_label_quality
                    union all select run_id, dataset from crowdlab_bi.annotator_stats
                    union all select run_id, dataset from crowdlab_bi.label_next) as shown
                where dataset = 'faulty'"""))
                .as(name + ": one run in all views")
                .containsExactly(warehouse.published("faulty"));
        assertVerified(name);
    }

    /** Every kept table holds what was recorded, and the chain is whole. */
    private void assertVerified(String name) {
        Program.Result verified = program("faulty").call("verify", "--dataset", "faulty");
        assertThat(verified.exitCode())
                .as(name + verified.out() + verified.err())
                .isZero();
    }

    private void assertNextRunNeedsNoHelp(int version, String name) throws SQLException, InterruptedException {
        Program.Result next = program("faulty").call("run", "--dataset", "faulty");
        assertThat(next.exitCode()).as(name + next.out() + next.err()).isZero();
        assertThat(warehouse.value(RESULT.formatted("faulty"))).as(name).isEqualTo(results[version]);
        assertThat(warehouse.value(DIGESTS.formatted("faulty"))).as(name).isEqualTo(digests[version]);
        assertThat(warehouse.statuses()).as(name).doesNotContain("RUNNING");
        assertThat(warehouse.standAloneTables()).as(name).isEmpty();
        assertThat(warehouse.partitions())
                .as(name + ": four tables of two datasets")
                .hasSize(8);
        // a session outlives its client for a moment
        warehouse.await("select count(*) = 0 from pg_stat_activity"
                + " where application_name like 'crowdlab-etl%' and datname = current_database()");
        assertThat(warehouse.column("select 'detach pending' from pg_inherits where inhdetachpending"
                        + " union all select 'lock ' || objid from pg_locks where locktype = 'advisory'"
                        + " union all select 'prepared ' || gid from pg_prepared_xacts"
                        + " union all select 'execution ' || e.status || ' of run ' || coalesce(r.status, 'none')"
                        + " from crowdlab.batch_job_execution e left join crowdlab.run r using (job_execution_id)"
                        + " where e.end_time is null or e.status in ('STARTING', 'STARTED', 'STOPPING')"
                        + " or e.status <> 'ABANDONED' and (e.status = 'COMPLETED')"
                        + " <> coalesce(r.status in ('PUBLISHED', 'SKIPPED'), false)"))
                .as(name)
                .isEmpty();
        for (String table : List.of("annotator_confusion", "rejected_row")) {
            assertThat(warehouse.value("select count(distinct run_id) from crowdlab." + table))
                    .as(name + ": runs in " + table)
                    .isIn("0", "1", "2");
        }
        for (String runId : warehouse.column("select run_id from crowdlab.run where status = 'FAILED'")) {
            assertThat(warehouse.plainTablesWithRowsOf(Long.parseLong(runId)))
                    .as(name)
                    .isEmpty();
        }
    }

    private String output() throws Exception {
        return Files.readString(directory.resolve("out.txt"));
    }
}
