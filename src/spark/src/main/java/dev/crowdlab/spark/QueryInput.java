package dev.crowdlab.spark;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.input.AnnotationReader;
import dev.crowdlab.input.BlockReader;
import dev.crowdlab.input.CopyStatements;
import dev.crowdlab.input.PredictionReader;
import dev.crowdlab.input.Snapshot;
import dev.crowdlab.postgres.ConnectionFactory;
import dev.crowdlab.settings.DatasetSettings;
import java.io.Serializable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Reads the queries of a dataset by COPY in tasks that share one snapshot. With as many readers as parts each reader reads the
 * rows of its own examples: nothing is shuffled, but the server executes the queries once for each reader. Otherwise the rows are
 * distributed by Spark.
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

    static QueryInput of(SharedDatabases databases, RunContext context, CopyStatements columns, String snapshot) {
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
        return readers == parts ? reading.map(reader -> part(reader, readers)) : shuffled(reading, readers, parts);
    }

    private InputPart part(int reader, int readers) throws SQLException {
        AnnotationRows annotations = new AnnotationRows(keptRejected);
        PredictionRows predictions = new PredictionRows(keptRejected);
        readAnnotations(reader, readers, annotations::add);
        readPredictions(reader, readers, predictions::add);
        return new InputPart(annotations, predictions);
    }

    private JavaRDD<InputPart> shuffled(JavaRDD<Integer> reading, int readers, int parts) {
        JavaPairRDD<Integer, Serializable> blocks = reading.flatMapToPair(reader -> blocks(reader, readers, parts));
        return blocks.partitionBy(new HashPartitioner(parts)).values().mapPartitions(own -> List.of(collected(own))
                .iterator());
    }

    private Iterator<Tuple2<Integer, Serializable>> blocks(int reader, int readers, int parts) throws SQLException {
        List<Tuple2<Integer, Serializable>> blocks = new ArrayList<>();
        readAnnotations(reader, readers, block -> addAll(block.split(parts), blocks));
        readPredictions(reader, readers, block -> addAll(block.split(parts), blocks));
        return blocks.iterator();
    }

    private static void addAll(Serializable[] parts, List<Tuple2<Integer, Serializable>> blocks) {
        for (int part = 0; part < parts.length; part++) {
            blocks.add(new Tuple2<>(part, parts[part]));
        }
    }

    private InputPart collected(Iterator<Serializable> blocks) {
        AnnotationRows annotations = new AnnotationRows(keptRejected);
        PredictionRows predictions = new PredictionRows(keptRejected);
        blocks.forEachRemaining(block -> {
            if (block instanceof AnnotationBlock rows) {
                annotations.add(rows);
            } else if (block instanceof PredictionBlock rows) {
                predictions.add(rows);
            }
        });
        return new InputPart(annotations, predictions);
    }

    private void readAnnotations(int reader, int readers, Consumer<AnnotationBlock> target) throws SQLException {
        readAll(
                new AnnotationReader(
                        readers == 1
                                ? columns.annotations()
                                : columns.annotations().part(reader, readers),
                        blockRows),
                target);
    }

    private void readPredictions(int reader, int readers, Consumer<PredictionBlock> target) throws SQLException {
        if (columns.predictions() != null) {
            readAll(
                    new PredictionReader(
                            readers == 1
                                    ? columns.predictions()
                                    : columns.predictions().part(reader, readers),
                            blockRows),
                    target);
        }
    }

    private <B> void readAll(BlockReader<B> rows, Consumer<B> target) throws SQLException {
        ConnectionFactory connections =
                databases.open().input(dataset, isBuiltIn, classes, asOf).with("application_name", sessionName);
        try (rows) {
            rows.open(Snapshot.join(connections, snapshot));
            for (@Nullable B block = rows.read(); block != null; block = rows.read()) {
                target.accept(block);
            }
        }
    }
}
