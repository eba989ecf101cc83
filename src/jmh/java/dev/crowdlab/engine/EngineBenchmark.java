package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.stop.StopRule;
import java.util.concurrent.TimeUnit;
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

/** Whole analyses in memory, with default options unless the name says otherwise. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EngineBenchmark {

    private static final int FLAT_ANNOTATIONS = 1_000_000;
    private static final int FLAT_SIZE = 5;
    private static final int THREADS = 2;

    private static Options options(int threads) {
        return Options.defaults().withThreads(threads, Options.defaults().blockSize());
    }

    /** The two usual shapes. */
    @State(Scope.Benchmark)
    public static class Shapes {

        /**
         * Sparse: 100,000 examples, 1,000 annotators, 10 classes, 3 annotations each. Dense: 500,000 examples, 12 annotators,
         * 20 classes, half of the examples with 12 annotations, the others with about 9, see {@link LargeDataSets#dense}.
         */
        @Param({"sparse", "dense"})
        public String shape;

        /** Workers of the engine. */
        @Param({"1", "2"})
        public int threads;

        DataSet data;

        /** Makes the data. */
        @Setup
        public void make() {
            data = shape.equals("sparse")
                    ? LargeDataSets.sparse(100_000, 3, 1_000, 10)
                    : LargeDataSets.dense(500_000, 12, 20);
        }
    }

    /** A large night: 1,000,000 examples, 1,000 annotators, 10 classes, 3 annotations each; nothing unlabeled. */
    @State(Scope.Benchmark)
    public static class Million {

        DataSet data;

        /** Makes the data. */
        @Setup
        public void make() {
            data = LargeDataSets.sparse(1_000_000, 3, 1_000, 10);
        }

        Predictions none() {
            return Predictions.none(
                    data.annotations().exampleCount(), data.annotations().classCount());
        }
    }

    /** 200,000 examples with 5 annotations each, 10 classes, by few annotators or many. */
    @State(Scope.Benchmark)
    public static class Flat {

        /** All of them. */
        @Param({"10", "1000", "100000"})
        public int annotators;

        DataSet data;

        /** Makes the data. */
        @Setup
        public void make() {
            data = LargeDataSets.sparse(FLAT_ANNOTATIONS / FLAT_SIZE, FLAT_SIZE, annotators, 10);
        }
    }

    /** CROWDLAB. */
    @Benchmark
    public Analysis analyze(Shapes shapes) {
        return shapes.data.analyze(options(shapes.threads));
    }

    /** Time per annotation, one thread. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    @OperationsPerInvocation(FLAT_ANNOTATIONS)
    public Analysis perAnnotation(Flat flat) {
        return flat.data.analyze(options(1));
    }

    /** CROWDLAB, two threads; what calibration and ActiveLab are compared with. */
    @Benchmark
    public Analysis million(Million million) {
        return million.data.analyze(options(THREADS));
    }

    /** CROWDLAB with calibrated predictions, two threads. */
    @Benchmark
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public Analysis millionCalibrated(Million million) {
        return million.data.analyze(options(THREADS).withCalibration(true));
    }

    /** ActiveLab, which calibrates and runs CROWDLAB for its purposes, two threads. */
    @Benchmark
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public ActiveLabScores millionActiveLab(Million million) {
        return ActiveLab.score(
                million.data.annotations(),
                million.data.predictions(),
                Predictions.none(0, million.data.annotations().classCount()),
                options(THREADS));
    }

    /** The committee without predictions, two threads. */
    @Benchmark
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public Analysis millionCommittee(Million million) {
        return Committee.analyze(million.data.annotations(), million.none(), options(THREADS));
    }

    /** The same with states, soft labels and counted shares. */
    @Benchmark
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public Analysis millionCommitteeSupplemented(Million million) {
        Supplements wanted =
                Supplements.NONE.withShares(0).withStop(StopRule.defaults()).withSoftLabels();
        return Crowdlab.analyze(
                million.data.annotations(),
                million.none(),
                options(THREADS).withConsensus(ConsensusMethod.COMMITTEE).withSupplements(wanted));
    }

    /** The committee with predictions, two threads. */
    @Benchmark
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public Analysis millionCommitteePredicted(Million million) {
        return Committee.analyze(million.data.annotations(), million.data.predictions(), options(THREADS));
    }

    /** Dawid and Skene's method, two threads. */
    @Benchmark
    @Warmup(iterations = 2, time = 1)
    @Measurement(iterations = 3, time = 1)
    public Analysis millionDawidSkene(Million million) {
        return DawidSkene.analyze(million.data.annotations(), options(THREADS));
    }

    /** The majority vote without predictions, two threads; what the methods without predictions are compared with. */
    @Benchmark
    public Analysis millionVotes(Million million) {
        return Crowdlab.analyze(million.data.annotations(), million.none(), options(THREADS));
    }
}
