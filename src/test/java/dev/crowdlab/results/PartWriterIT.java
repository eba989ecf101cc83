package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.publication.FailedRunCloser;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultReader;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import dev.crowdlab.results.copy.WrittenTable;
import dev.crowdlab.run.RunDescriptor;
import dev.crowdlab.run.RunLedger;
import dev.crowdlab.schema.Migration;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PartWriterIT {

    private static final int ROWS = 100;
    private static final PartWriter WRITER = new PartWriter(ActiveLearningScoreTable.DEFINITION, 1);

    private TestDatabase database;

    @BeforeEach
    void openRun() throws SQLException {
        database = TestDatabase.create();
        new Migration(database.dataSource()).migrate();
        new RunLedger(database.dataSource()).open(run(1), null);
        WRITER.create(database.dataSource());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private static RunDescriptor run(long runId) {
        return new RunDescriptor(runId, DatasetSettings.builtIn("d"), Instant.EPOCH, "test");
    }

    /** The examples first, first + step, and so on: no part has all keys of a range. */
    private record Rows(long runId, int first, int step) implements ResultTable {

        @Override
        public ResultTableDefinition definition() {
            return ActiveLearningScoreTable.DEFINITION;
        }

        @Override
        public int rowCount() {
            return ROWS / step;
        }

        @Override
        public void write(int row, BinaryCopyWriter target) {
            int example = first + step * row;
            target.beginRow(definition(), runId);
            target.text(String.format(Locale.ROOT, "e%03d", example));
            target.number(example / 1_000.0);
            target.integer(example);
        }
    }

    private void write(int part) throws SQLException {
        WRITER.write(database.dataSource(), part, new Rows(1, part, 2), 7);
    }

    private long storedRows() {
        return JdbcClient.create(database.dataSource())
                .sql("select count(*) from crowdlab.active_learning_score_r1")
                .query(Long.class)
                .single();
    }

    @Test
    void partsInAnyOrderAndWrittenTwiceGiveTheDigestOfTheWhole() throws SQLException {
        write(1);
        write(0);
        write(1);
        write(0);
        WrittenTable parts = WRITER.complete(database.dataSource());

        new RunLedger(database.dataSource()).open(run(2), null);
        List<WrittenTable> whole = new ArrayList<>();
        try (ResultWriter writer = new ResultWriter(database.dataSource(), WRITER.definition(), 2, whole::add)) {
            writer.open();
            ResultReader reader = new ResultReader(new Rows(2, 0, 1), 7);
            for (ResultBlock block = reader.read(); block != null; block = reader.read()) {
                writer.write(block);
            }
        }
        assertThat(parts).isEqualTo(whole.get(0));
        assertThat(parts.writtenRows()).isEqualTo(ROWS);
    }

    /** Rows of a table that all runs share. */
    private record SharedRows(long runId, int first, int step) implements ResultTable {

        @Override
        public ResultTableDefinition definition() {
            return SummaryTables.ANNOTATOR_CONFUSION;
        }

        @Override
        public int rowCount() {
            return ROWS / step;
        }

        @Override
        public void write(int row, BinaryCopyWriter target) {
            target.beginRow(definition(), runId);
            target.text(String.format(Locale.ROOT, "a%03d", first + step * row));
            target.text("x");
            target.text("y");
            target.integer(1 + first + step * row);
        }
    }

    @Test
    void theDigestOfATableThatRunsShareIsOfTheRunsOwnRows() throws SQLException {
        new RunLedger(database.dataSource()).open(run(2), null);
        List<WrittenTable> whole = new ArrayList<>();
        try (ResultWriter writer =
                new ResultWriter(database.dataSource(), SummaryTables.ANNOTATOR_CONFUSION, 2, whole::add)) {
            writer.open();
            ResultReader reader = new ResultReader(new SharedRows(2, 0, 1), 7);
            for (ResultBlock block = reader.read(); block != null; block = reader.read()) {
                writer.write(block);
            }
        }
        PartWriter shared = new PartWriter(SummaryTables.ANNOTATOR_CONFUSION, 1);
        for (int part : new int[] {1, 0, 1}) {
            shared.write(database.dataSource(), part, new SharedRows(1, part, 2), 7);
        }
        assertThat(shared.complete(database.dataSource())).isEqualTo(whole.get(0));
    }

    @Test
    void aRivalWaitsAndThenFindsThePartWritten() throws Exception {
        try (Connection rival = database.dataSource().getConnection()) {
            rival.setAutoCommit(false);
            try (PreparedStatement record = rival.prepareStatement(
                    "insert into crowdlab.run_part values (1, 'active_learning_score', 0, 50)")) {
                record.execute();
            }
            CompletableFuture<Void> second = CompletableFuture.runAsync(() -> {
                try {
                    write(0);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            });
            TimeUnit.MILLISECONDS.sleep(300);
            assertThat(second).isNotDone();
            rival.rollback();
            second.get(120, TimeUnit.SECONDS);
        }
        write(0);
        assertThat(storedRows()).isEqualTo(ROWS / 2);
    }

    @Test
    void whatGoesOnAfterItsRunWasClosedWritesNothing() throws SQLException {
        write(0);
        new FailedRunCloser(database.dataSource(), Duration.ofSeconds(5)).close(1, "killed", Optional.empty());
        assertThatThrownBy(() -> write(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("run 1 has been closed; part 1 of active_learning_score is not written");
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("select count(*) from crowdlab.run_part")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
