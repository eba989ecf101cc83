package dev.crowdlab.publication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.job.RunOutcome.Closed;
import dev.crowdlab.testing.OpenProgram;
import dev.crowdlab.testing.Warehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dashboards that read without a pause while runs are published, and the old ones removed at once. */
@Tag("slow")
class ConcurrentReadersIT {

    private static final int PUBLICATIONS = 20;

    /** Rows of the views of the published run, by view. */
    private static final Map<String, Long> ROWS = Map.of(
            "label_quality",
            (long) Warehouse.EXAMPLES,
            "detailed_label_quality",
            Warehouse.ANNOTATION_ROWS - 1L,
            "annotator_stats",
            (long) Warehouse.ANNOTATORS,
            "label_next",
            (long) Warehouse.EXAMPLES);

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong statements = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("colors");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    @Test
    void noReaderSeesTwoRunsOrNoneOrAnErrorOrWaits() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(3);
        try (OpenProgram program =
                OpenProgram.on(warehouse.database(), "crowdlab.retention.runs=1", "crowdlab.retention.grace=0s")) {
            publish(program);
            List<Future<Void>> reading = new ArrayList<>();
            reading.add(readers.submit(read(this::readInOneTransaction, 1)));
            reading.add(readers.submit(read(this::readInOneTransaction, 2)));
            reading.add(readers.submit(read(this::readInOneStatement, 3)));
            for (int publication = 1; publication <= PUBLICATIONS; publication++) {
                publish(program);
            }
            isOver.set(true);
            for (Future<Void> reader : reading) {
                reader.get();
            }
        } finally {
            isOver.set(true);
            readers.shutdownNow();
        }
        System.err.println("The slowest of " + statements + " statements took "
                + Duration.ofNanos(slowestNanos.get()).toMillis() + " ms");
        assertThat(faults).isEmpty();
        assertThat(warehouse.statuses()).hasSize(PUBLICATIONS + 1).containsOnly("PUBLISHED");
        assertThat(warehouse.partitions().size())
                .as("partitions that readers have left behind")
                .isLessThan(4 * PUBLICATIONS);
    }

    private static void publish(OpenProgram program) throws SQLException, InterruptedException {
        assertThat(program.runForced()).hasOnlyElementsOfType(Closed.class);
    }

    private interface Reading {
        void read(Connection connection, Random random) throws SQLException;
    }

    private Callable<Void> read(Reading reading, long seed) {
        return () -> {
            Random random = new Random(seed);
            try (Connection connection = warehouse.connect();
                    Statement settings = connection.createStatement()) {
                // who waits longer for a lock of ours gets an error
                settings.execute("set lock_timeout = '100ms'");
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                while (!isOver.get()) {
                    reading.read(connection, random);
                    connection.commit();
                }
            } catch (SQLException e) {
                faults.add(e.getMessage());
            }
            return null;
        };
    }

    /** In any order, since removal takes the tables away one by one. */
    private void readInOneTransaction(Connection connection, Random random) throws SQLException {
        List<String> views = new ArrayList<>(ROWS.keySet());
        Collections.shuffle(views, random);
        TreeSet<Long> runs = new TreeSet<>();
        for (String view : views) {
            List<Long> found = query(
                    connection,
                    "select min(run_id), max(run_id), count(*) from crowdlab_bi." + view + " where dataset = 'colors'");
            pause(random, 30);
            runs.add(found.get(0));
            runs.add(found.get(1));
            if (!found.get(2).equals(ROWS.get(view))) {
                faults.add(view + " has " + found.get(2) + " rows");
            }
        }
        if (runs.size() != 1) {
            faults.add("views show the runs " + runs);
        }
    }

    private void readInOneStatement(Connection connection, Random random) throws SQLException {
        List<Long> found = query(connection, """
                select count(*), count(*) filter (where d.run_id <> l.run_id or s.run_id <> l.run_id)
                from crowdlab_bi.label_quality l
                join crowdlab_bi.detailed_label_quality d on d.dataset = l.dataset and d.example_id = l.example_id
                join crowdlab_bi.annotator_stats s on s.dataset = l.dataset and s.annotator_id = d.annotator_id
                where l.dataset = 'colors'""");
        if (!found.equals(List.of(ROWS.get("detailed_label_quality"), 0L))) {
            faults.add("joined views give " + found);
        }
        pause(random, 30);
    }

    private static void pause(Random random, int longestMillis) {
        LockSupport.parkNanos(random.nextInt(longestMillis) * 1_000_000L);
    }

    private List<Long> query(Connection connection, String query) throws SQLException {
        long start = System.nanoTime();
        List<Long> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                values.add(row.getLong(column));
            }
        }
        statements.incrementAndGet();
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        return values;
    }
}
