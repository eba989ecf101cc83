package dev.crowdlab.input;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.GoldBlock;
import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.postgres.ConnectionFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a few rows of a dataset's queries, all from one snapshot. These are the first rows that come, which is no
 * random sample, but a query that can give rows before it has found all of them has little to do.
 */
public final class SampleReader implements AutoCloseable {

    private static final int BLOCK_ROWS = 4_096;

    private final ConnectionFactory database;
    private final Snapshot snapshot;
    private final CopyStatements columns;
    private final int rows;

    private SampleReader(ConnectionFactory database, Snapshot snapshot, CopyStatements columns, int rows) {
        this.database = database;
        this.snapshot = snapshot;
        this.columns = columns;
        this.rows = rows;
    }

    /**
     * Takes the snapshot.
     *
     * @param rows how many rows of a query are read at most
     * @param timeout how long a query may take
     */
    public static SampleReader open(ConnectionFactory database, CopyStatements columns, int rows, Duration timeout)
            throws SQLException {
        ConnectionFactory limited = database.with("statement_timeout", String.valueOf(timeout.toMillis()));
        return new SampleReader(limited, Snapshot.take(limited), columns, rows);
    }

    /** The first annotations. */
    public List<AnnotationBlock> annotations() throws SQLException {
        return read(new AnnotationReader(columns.annotations().first(rows), BLOCK_ROWS), snapshot);
    }

    /** All predictions of these examples; none without a query for predictions. */
    public List<PredictionBlock> predictions(Collection<String> examples) throws SQLException {
        PredictionCopy predictions = columns.predictions();
        if (predictions == null) {
            return List.of();
        }
        List<String> looked =
                examples.stream().filter(predictions.example()::isOfType).toList();
        if (looked.isEmpty()) {
            return List.of();
        }
        Snapshot same = Snapshot.join(database.with("crowdlab.sample", array(looked)), snapshot.id());
        return read(new PredictionReader(predictions.ofSample(looked), BLOCK_ROWS), same);
    }

    /** The examples of the first predictions; none without a query for predictions. */
    public Set<String> predictedExamples() throws SQLException {
        PredictionCopy predictions = columns.predictions();
        Set<String> examples = new LinkedHashSet<>();
        if (predictions != null) {
            for (PredictionBlock block : read(new PredictionReader(predictions.first(rows), BLOCK_ROWS), snapshot)) {
                addAll(block.exampleIds(), examples);
            }
        }
        return examples;
    }

    /** The first rows of gold; none without a query for gold. */
    public List<GoldBlock> gold() throws SQLException {
        GoldCopy gold = columns.gold();
        return gold == null ? List.of() : read(new GoldReader(gold.first(rows), BLOCK_ROWS), snapshot);
    }

    /** Adds the texts of a column that are not null. */
    public static void addAll(TextColumn column, Set<String> texts) {
        for (int row = 0; row < column.size(); row++) {
            String text = column.text(row);
            if (text != null) {
                texts.add(text);
            }
        }
    }

    private static <B> List<B> read(BlockReader<B> reader, Snapshot snapshot) throws SQLException {
        try (reader) {
            reader.open(snapshot);
            List<B> blocks = new ArrayList<>();
            for (B block = reader.read(); block != null; block = reader.read()) {
                blocks.add(block);
            }
            return blocks;
        }
    }

    /** An array as PostgreSQL reads it. */
    private static String array(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Override
    public void close() throws SQLException {
        snapshot.close();
    }
}
