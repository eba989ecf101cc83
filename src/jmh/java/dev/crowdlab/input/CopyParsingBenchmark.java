package dev.crowdlab.input;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.NightlyRows;
import dev.crowdlab.dataset.PredictionBlock;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.settings.EngineSettings;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time per row from a message of PostgreSQL to the rows of a dataset: parsed, added to the digest, ids interned. No server
 * and no socket: the messages stand in memory.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class CopyParsingBenchmark {

    private static final int EXAMPLES = 200_000;
    private static final int BLOCK_ROWS = EngineSettings.DEFAULT_BLOCK_ROWS;

    private final AnnotationReader annotationReader = new AnnotationReader(
            new AnnotationCopy("", IdEncoding.TEXT, IdEncoding.TEXT, IdEncoding.TEXT, true), BLOCK_ROWS);
    private final PredictionReader predictionReader =
            new PredictionReader(new PredictionCopy("", IdEncoding.TEXT, IdEncoding.TEXT, null), BLOCK_ROWS);
    private List<byte[]> annotations;
    private List<byte[]> predictions;

    /** Makes the messages. */
    @Setup
    public void make() {
        NightlyRows rows = new NightlyRows(EXAMPLES, 1_000, 10);
        annotations = CopyMessages.annotations(rows);
        predictions = CopyMessages.arrayPredictions(rows);
    }

    /** Annotations: bigint and UUID as text, a label, a timestamp. */
    @Benchmark
    @OperationsPerInvocation(EXAMPLES * NightlyRows.SIZE)
    public AnnotationRows annotations() throws SQLException {
        AnnotationRows target = new AnnotationRows(RejectedRows.DEFAULT_KEPT);
        try (BinaryCopyReader rows = new BinaryCopyReader(new CopyInMemory(annotations))) {
            AnnotationBlock block = annotationReader.newBlock(BLOCK_ROWS);
            while (rows.next()) {
                annotationReader.take(rows, block);
                if (block.rowCount() == BLOCK_ROWS) {
                    target.add(block);
                    block = annotationReader.newBlock(BLOCK_ROWS);
                }
            }
            target.add(block);
        }
        return target;
    }

    /** Predictions: bigint as text, a model, an array of 10 probabilities. */
    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public PredictionRows arrayPredictions() throws SQLException {
        PredictionRows target = new PredictionRows(RejectedRows.DEFAULT_KEPT);
        try (BinaryCopyReader rows = new BinaryCopyReader(new CopyInMemory(predictions))) {
            PredictionBlock block = predictionReader.newBlock(BLOCK_ROWS);
            while (rows.next()) {
                predictionReader.take(rows, block);
                if (block.rowCount() == BLOCK_ROWS) {
                    target.add(block);
                    block = predictionReader.newBlock(BLOCK_ROWS);
                }
            }
            target.add(block);
        }
        return target;
    }
}
