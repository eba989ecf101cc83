package dev.crowdlab.spark;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.GoldRows;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.input.AnnotationCopy;
import dev.crowdlab.input.AnnotationReader;
import dev.crowdlab.input.BlockReader;
import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.GoldCopy;
import dev.crowdlab.input.GoldReader;
import dev.crowdlab.input.PredictionCopy;
import dev.crowdlab.input.PredictionReader;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.settings.DatasetSettings;
import java.io.Serializable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Reads the queries of a dataset by COPY in tasks that share one snapshot. With as many readers as parts each reader
 * reads the rows of its own examples: nothing is shuffled, but the server executes the queries once for each reader.
 * Otherwise the rows are distributed by Spark.
 *
 * @param sessionName the application_name of the sessions
 * @param blockRows number of rows read at a time
 */
record QueryInput(
        SharedDatabases databases,
        CopyStatements columns,
        String dataset,
        boolean isBuiltIn,
        List<String> classes,
        Instant asOf,
        String sessionName,
        String snapshot,
        int blockRows,
        int keptRejected)
        implements Serializable {

    static QueryInput of(SharedDatabases databases, SparkRunContext context, CopyStatements columns, String snapshot) {
        DatasetSettings dataset = context.run().settings();
        return new QueryInput(
                databases,
                columns,
                dataset.name(),
                dataset.isBuiltIn(),
                dataset.inputRules().classes(),
                context.run().asOf(),
                context.sessionName(),
                snapshot,
                context.settings().program().engine().blockRows(),
                context.settings().program().retention().rejectedRows());
    }

    /** Reads all rows, in so many parts. */
    JavaRDD<InputPart> read(JavaSparkContext spark, int readers, int parts) {
        List<Integer> numbers = IntStream.range(0, readers).boxed().toList();
        JavaRDD<Integer> reading = spark.parallelize(numbers, readers);
        return readers == parts
                ? reading.map(reader -> part(reader, readers))
                : shuffled(reading, readers, new BlockShuffle(parts, keptRejected, columns.gold() != null));
    }

    private InputPart part(int reader, int readers) throws SQLException {
        AnnotationRows annotations = new AnnotationRows(keptRejected);
        PredictionRows predictions = new PredictionRows(keptRejected);
        readAll(openAnnotations(reader, readers), annotations::add);
        if (columns.predictions() != null) {
            readAll(openPredictions(reader, readers), predictions::add);
        }
        GoldRows gold = columns.gold() == null ? GoldRows.none() : new GoldRows(keptRejected);
        if (columns.gold() != null) {
            readAll(openGold(reader, readers), gold::add);
        }
        return new InputPart(annotations, predictions, gold);
    }

    private JavaRDD<InputPart> shuffled(JavaRDD<Integer> reading, int readers, BlockShuffle shuffle) {
        JavaPairRDD<Integer, Serializable> blocks =
                reading.flatMapToPair(reader -> shuffle.annotations(openAnnotations(reader, readers)));
        if (columns.predictions() != null) {
            blocks = blocks.union(
                    reading.flatMapToPair(reader -> shuffle.predictions(openPredictions(reader, readers))));
        }
        if (columns.gold() != null) {
            blocks = blocks.union(reading.flatMapToPair(reader -> shuffle.gold(openGold(reader, readers))));
        }
        return shuffle.collect(blocks);
    }

    private AnnotationReader openAnnotations(int reader, int readers) throws SQLException {
        AnnotationCopy all = columns.annotations();
        AnnotationReader rows = new AnnotationReader(readers == 1 ? all : all.part(reader, readers), blockRows);
        rows.open(joined());
        return rows;
    }

    private PredictionReader openPredictions(int reader, int readers) throws SQLException {
        PredictionCopy all = requireNonNull(columns.predictions());
        PredictionReader rows = new PredictionReader(readers == 1 ? all : all.part(reader, readers), blockRows);
        rows.open(joined());
        return rows;
    }

    private GoldReader openGold(int reader, int readers) throws SQLException {
        GoldCopy all = requireNonNull(columns.gold());
        GoldReader rows = new GoldReader(readers == 1 ? all : all.part(reader, readers), blockRows);
        rows.open(joined());
        return rows;
    }

    private Snapshot joined() {
        ConnectionFactory connections =
                databases.open().input(dataset, isBuiltIn, classes, asOf).with("application_name", sessionName);
        return Snapshot.join(connections, snapshot);
    }

    private static <B> void readAll(BlockReader<B> rows, Consumer<B> target) throws SQLException {
        try (rows) {
            for (@Nullable B block = rows.read(); block != null; block = rows.read()) {
                target.accept(block);
            }
        }
    }
}
