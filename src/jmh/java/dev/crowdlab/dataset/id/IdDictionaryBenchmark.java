package dev.crowdlab.dataset.id;

import dev.crowdlab.dataset.NightlyRows;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** External ids to dense indices: time per row of a column of 3,000,000 rows. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class IdDictionaryBenchmark {

    private static final int EXAMPLES = 1_000_000;
    private static final int ROWS = EXAMPLES * NightlyRows.SIZE;

    /**
     * Examples: bigints as text, a million different ones, the rows of one together; shuffled: in any order. Annotators: UUIDs,
     * a thousand different ones.
     */
    @Param({"examples", "shuffledExamples", "annotators"})
    public String column;

    private TextColumn ids;
    private IntArrayList rows;

    /** Makes the column. */
    @Setup
    public void make() {
        NightlyRows source = new NightlyRows(EXAMPLES, 1_000, 10);
        SplittableRandom random = new SplittableRandom(1);
        int[] order = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            int other = column.equals("shuffledExamples") ? random.nextInt(row + 1) : row;
            order[row] = order[other];
            order[other] = row;
        }
        ids = new TextColumn(ROWS);
        rows = IntArrayList.of(IntStream.range(0, ROWS).toArray());
        for (int row : order) {
            NightlyRows.add(
                    ids,
                    column.equals("annotators") ? source.annotatorId(row) : source.exampleId(row / NightlyRows.SIZE));
        }
    }

    /** Interns every row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public IntColumn intern() {
        IntColumn indices = new IntColumn();
        new IdDictionary().addAll(ids, rows, indices);
        return indices;
    }
}
