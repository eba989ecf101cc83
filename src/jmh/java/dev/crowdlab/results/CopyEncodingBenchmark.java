package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.DatasetTotals;
import dev.crowdlab.dataset.NightlyRows;
import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.results.copy.ResultBlock;
import dev.crowdlab.results.copy.ResultReader;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.Sha256;
import dev.crowdlab.settings.EngineSettings;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

/** Time per row of the two largest result tables, from the analysis to bytes for COPY and their digest; no server. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class CopyEncodingBenchmark {

    private static final int EXAMPLES = 200_000;
    private static final int BLOCK_ROWS = EngineSettings.DEFAULT_BLOCK_ROWS;

    private ExampleTables tables;

    /** Makes the results. */
    @Setup
    public void make() {
        Dataset dataset = new NightlyRows(EXAMPLES, 1_000, 10)
                .dataset(new InputRules(List.of(), MissingPrediction.REJECT, DuplicateAnnotation.LATEST));
        tables = new ResultTables(
                        1,
                        dataset,
                        DatasetTotals.of(dataset),
                        Optional.of(Crowdlab.analyze(dataset.annotations(), dataset.predictions(), Options.defaults())),
                        EarlierStates.NONE)
                .examples();
    }

    /** One row per example. */
    @Benchmark
    @OperationsPerInvocation(EXAMPLES)
    public byte[] labelQuality() {
        return encode(tables.labelQuality(Set.of(), Optional.empty()));
    }

    /** One row per annotation. */
    @Benchmark
    @OperationsPerInvocation(EXAMPLES * NightlyRows.SIZE)
    public byte[] detailedLabelQuality() {
        return encode(tables.detailedLabelQuality());
    }

    private static byte[] encode(ResultTable table) {
        ResultReader reader = new ResultReader(table, BLOCK_ROWS);
        MessageDigest digest = Sha256.create();
        for (ResultBlock block = reader.read(); block != null; block = reader.read()) {
            block.rows().digest(digest);
        }
        return digest.digest();
    }
}
