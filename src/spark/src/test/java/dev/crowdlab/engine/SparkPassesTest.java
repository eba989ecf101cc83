package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.annotator.Confusion;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.engine.annotator.ConfusionLayout;
import dev.crowdlab.engine.annotator.ConfusionTally;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.engine.vote.VotePass;
import dev.crowdlab.spark.LocalSpark;
import dev.crowdlab.spark.SparkPassRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The analyses on Spark against the same in memory, on data that reach every tie rule, while every task fails once after its work. */
class SparkPassesTest {

    private static final Options BOTH =
            Options.defaults().withConsensus(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE);

    /** As few as reach every tie rule, since an analysis is twenty jobs of Spark. */
    private static final List<DataSet> DATA_SETS = new ArrayList<>();

    private static JavaSparkContext spark;

    @BeforeAll
    static void startSpark() {
        spark = LocalSpark.start("local[2,2]");
        Set<TieBreak> reached = EnumSet.noneOf(TieBreak.class);
        SpreadDataSets.dataSets().filter(data -> reached.addAll(rules(data))).forEach(DATA_SETS::add);
        assertThat(reached).containsAll(EnumSet.complementOf(EnumSet.of(TieBreak.NONE)));
    }

    private static Set<TieBreak> rules(DataSet data) {
        Analysis analysis = data.analyze(BOTH);
        return IntStream.range(0, analysis.majorityVote().length)
                .mapToObj(analysis::majorityRule)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TieBreak.class)));
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    private static JavaRDD<Slice> spread(List<Slice> slices) {
        return spark.parallelize(slices, slices.size()).cache();
    }

    /** Runs passes whose tasks each fail once, with all their work done. */
    private static SparkPassRunner failing(DataSet data) {
        return new SparkPassRunner(spark, spread(SpreadDataSets.slices(data)));
    }

    private static void compare(DataSet data, Options options) {
        SparkPassRunner passes = failing(data);
        Estimates estimates = Crowdlab.estimate(new FailingPasses(passes), options);
        Analysis whole = data.analyze(options);
        SpreadDataSets.assertSame(whole, estimates, passes.slices().collect(), "published.confusion.counts");
        compare(
                whole.confusion(),
                passes.confusionRanges().collect(),
                passes.slices().getNumPartitions());
    }

    /** Counts that were made by ranges of annotators hold every cell once, in its place. */
    private static void compare(ConfusionCounts whole, List<ConfusionCounts> ranges, int sliceCount) {
        int annotator = 0;
        List<ConfusionCounts> ordered = ranges.stream()
                .sorted(Comparator.comparingInt(ConfusionCounts::firstAnnotator))
                .toList();
        assertThat(ordered).hasSize(Math.min(sliceCount, whole.annotatorCount()));
        for (ConfusionCounts range : ordered) {
            assertThat(range.firstAnnotator()).isEqualTo(annotator);
            annotator += range.annotatorCount();
            assertThat(range).usingRecursiveComparison().isEqualTo(whole.range(range.firstAnnotator(), annotator));
        }
        assertThat(annotator).isEqualTo(whole.annotatorCount());
    }

    @ParameterizedTest
    @EnumSource
    void givesTheBitsOfTheWhole(QualityMethod method) {
        DATA_SETS.forEach(data -> compare(data, BOTH.withQuality(method)));
    }

    @ParameterizedTest
    @EnumSource
    void doesSoWithOtherScoresCalibratedAndAdjusted(LabelQualityScore score) {
        boolean adjusted = score != LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY;
        Options options = BOTH.withScore(score, adjusted).withCalibration(true);
        DATA_SETS.forEach(data -> compare(data, options));
    }

    @Test
    void doesSoForActiveLabWithAPoolOfUnlabeledExamples() {
        for (DataSet data : DATA_SETS) {
            Predictions pool =
                    data.slice(0, data.annotations().exampleCount() / 2).predictions();
            ActiveLabScores whole = ActiveLab.score(data.annotations(), data.predictions(), pool, BOTH);
            SparkPassRunner labeled = failing(data);
            SparkPassRunner unlabeled =
                    new SparkPassRunner(spark, spread(List.of(new Slice(Annotations.none(pool.classCount()), pool))));
            ActiveLab.score(new FailingPasses(labeled), new FailingPasses(unlabeled));
            assertThat(scores(labeled))
                    .isEqualTo(IntStream.range(0, whole.labeledCount())
                            .mapToObj(whole::labeled)
                            .toList());
            assertThat(scores(unlabeled))
                    .isEqualTo(IntStream.range(0, whole.unlabeledCount())
                            .mapToObj(whole::unlabeled)
                            .toList());
        }
    }

    @Test
    void manyPassesMakeNoLongerWayToTheirInput(@TempDir Path checkpoints) {
        spark.setCheckpointDir(checkpoints.toUri().toString());
        SparkPassRunner passes = new SparkPassRunner(spark, spread(SpreadDataSets.slices(DATA_SETS.get(0))));
        long longest = 0;
        for (int pass = 0; pass < 60; pass++) {
            passes.run("votes", new VotePass());
            longest = Math.max(longest, passes.slices().toDebugString().lines().count());
        }
        assertThat(longest).isBetween(25L, 110L);
        assertThat(passes.slices().collect()).isNotEmpty();
    }

    private static List<Double> scores(SparkPassRunner passes) {
        return passes.slices().collect().stream()
                .flatMapToDouble(slice -> DoubleStream.of(slice.get(Column.ACTIVE_LEARNING)))
                .boxed()
                .toList();
    }

    /** Hands every pass on wrapped. */
    private record FailingPasses(SparkPassRunner passes) implements AnalysisRunner {

        @Override
        public Dimensions dimensions() {
            return passes.dimensions();
        }

        @Override
        public <S extends Mergeable<S>> S run(String phase, Pass<S> pass) {
            return passes.run(phase, new FailingPass<>(pass));
        }

        @Override
        public boolean countsConfusionApart() {
            return passes.countsConfusionApart();
        }

        @Override
        public Confusion confusion(ConfusionLayout layout, ConfusionTally tally, Column<ConsensusLabels> consensus) {
            return passes.confusion(layout, tally, consensus);
        }
    }

    /** Fails in the first attempt of every task, when the last block is done. */
    private record FailingPass<S extends Mergeable<S>>(Pass<S> pass) implements Pass<S> {

        @Override
        public S newStatistics(Dimensions dimensions) {
            return pass.newStatistics(dimensions);
        }

        @Override
        public Slice open(Slice slice) {
            return pass.open(slice);
        }

        @Override
        public void collect(Block block, S statistics) {
            pass.collect(block, statistics);
            if (TaskContext.get().attemptNumber() == 0
                    && block.to() == block.input().exampleCount()) {
                throw new IllegalStateException("fails once, on purpose");
            }
        }
    }
}
