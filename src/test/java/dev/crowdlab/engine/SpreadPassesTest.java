package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Passes over many slices, serialized and each done twice, against the whole in memory. */
class SpreadPassesTest {

    private static final int SLICE_SIZE = 13;

    private static final Options BOTH =
            Options.defaults().withConsensus(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE);

    /** Nothing but the order of the classes decides here. */
    private static final DataSet SYMMETRIC = DataSet.of(
            2,
            2,
            List.of(new int[] {0, 0, 0}, new int[] {0, 1, 1}, new int[] {1, 0, 1}, new int[] {1, 1, 0}),
            List.of(new double[] {0.5, 0.5, 0.5, 0.5}));

    /** The third example is decided by who was right on the first two. */
    private static final DataSet SKILLED = DataSet.of(
            2,
            3,
            List.of(
                    new int[] {0, 0, 0},
                    new int[] {0, 1, 1},
                    new int[] {0, 2, 0},
                    new int[] {1, 0, 1},
                    new int[] {1, 1, 0},
                    new int[] {1, 2, 1},
                    new int[] {2, 0, 0},
                    new int[] {2, 1, 1}),
            List.of(new double[] {0.5, 0.5, 0.5, 0.5, 0.5, 0.5}));

    private static Stream<DataSet> dataSets() {
        Stream<DataSet> random = LongStream.range(0, 40)
                .mapToObj(seed -> RandomDataSets.of(seed, 80, 9))
                .filter(data -> data.predictions().modelCount() > 0);
        return Stream.concat(Stream.of(SYMMETRIC, SKILLED), random);
    }

    private static SpreadPassRunner spread(DataSet data) {
        List<Slice> slices = new ArrayList<>();
        int exampleCount = data.annotations().exampleCount();
        for (int from = 0; from < exampleCount; from += SLICE_SIZE) {
            DataSet part = data.slice(from, Math.min(exampleCount, from + SLICE_SIZE));
            slices.add(new Slice(part.annotations(), part.predictions()));
        }
        return new SpreadPassRunner(slices);
    }

    @ParameterizedTest
    @EnumSource
    void slicesDoneTwiceGiveTheBitsOfTheWhole(QualityMethod method) {
        dataSets().forEach(data -> compare(data, BOTH.withQuality(method)));
    }

    @ParameterizedTest
    @EnumSource
    void soTheyDoWithOtherScoresCalibratedAndAdjusted(LabelQualityScore score) {
        boolean adjusted = score != LabelQualityScore.CONFIDENCE_WEIGHTED_ENTROPY;
        Options options = BOTH.withScore(score, adjusted).withCalibration(true);
        dataSets().forEach(data -> compare(data, options));
    }

    private static void compare(DataSet data, Options options) {
        Analysis whole = data.analyze(options);
        SpreadPassRunner passes = spread(data);
        Estimates estimates = Crowdlab.estimate(passes, options);
        assertThat(estimates)
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(whole.estimates());
        int example = 0;
        int position = 0;
        for (Slice slice : passes.slices()) {
            for (int local = 0; local < slice.exampleCount(); local++, example++) {
                ConsensusLabels majority = slice.get(Column.MAJORITY);
                assertThat(majority.label(local)).isEqualTo(whole.majorityVote()[example]);
                assertThat(majority.rule(local)).isEqualTo(whole.majorityRule(example));
                compare(slice, local, whole.published(), example);
                compare(slice, local, whole.alternatives().get(0), example);
            }
            for (double quality : slice.get(Column.ANNOTATION_QUALITY)) {
                assertThat(quality).isEqualTo(whole.annotationQuality(position++));
            }
        }
        assertThat(example).isEqualTo(data.annotations().exampleCount());
        assertThat(position).isEqualTo(data.annotations().annotationCount());
    }

    private static void compare(Slice slice, int local, Consensus expected, int example) {
        ConsensusLabels labels = slice.get(Column.consensus(expected.method()));
        assertThat(labels.label(local)).isEqualTo(expected.label(example));
        assertThat(labels.rule(local)).isEqualTo(expected.tieBreak(example));
        assertThat(slice.get(Column.quality(expected.method()))[local]).isEqualTo(expected.quality(example));
    }

    @Test
    void activeLabGivesTheSameBitsToo() {
        dataSets().forEach(data -> {
            Predictions pool =
                    data.slice(0, data.annotations().exampleCount() / 2).predictions();
            ActiveLabScores whole = ActiveLab.score(data.annotations(), data.predictions(), pool, BOTH);
            SpreadPassRunner labeled = spread(data);
            SpreadPassRunner unlabeled =
                    new SpreadPassRunner(List.of(new Slice(Annotations.none(pool.classCount()), pool)));
            ActiveLab.score(labeled, unlabeled);
            assertThat(scores(labeled)).isEqualTo(scores(whole.labeledCount(), whole::labeled));
            assertThat(scores(unlabeled)).isEqualTo(scores(whole.unlabeledCount(), whole::unlabeled));
        });
    }

    private static List<Double> scores(SpreadPassRunner passes) {
        List<Double> scores = new ArrayList<>();
        for (Slice slice : passes.slices()) {
            for (double score : slice.get(Column.ACTIVE_LEARNING)) {
                scores.add(score);
            }
        }
        return scores;
    }

    private static List<Double> scores(int count, IntToDoubleFunction score) {
        List<Double> scores = new ArrayList<>();
        for (int example = 0; example < count; example++) {
            scores.add(score.applyAsDouble(example));
        }
        return scores;
    }

    @Test
    void theDataReachEveryPassAndEveryRule() {
        Set<TieBreak> rules = EnumSet.noneOf(TieBreak.class);
        Set<String> phases = new HashSet<>();
        dataSets().forEach(data -> {
            SpreadPassRunner passes = spread(data);
            Crowdlab.estimate(passes, BOTH.withCalibration(true).withScore(LabelQualityScore.SELF_CONFIDENCE, true));
            phases.addAll(passes.phases());
            for (Slice slice : passes.slices()) {
                ConsensusLabels majority = slice.get(Column.MAJORITY);
                for (int example = 0; example < majority.size(); example++) {
                    rules.add(majority.rule(example));
                }
            }
        });
        assertThat(rules)
                .contains(
                        TieBreak.VOTES,
                        TieBreak.MODEL,
                        TieBreak.CLASS_FREQUENCY,
                        TieBreak.ANNOTATOR_ACCURACY,
                        TieBreak.CLASS_ORDER);
        assertThat(phases)
                .contains(
                        "coarseTemperatures",
                        "fineTemperatures",
                        "calibrate",
                        "votes",
                        "ties",
                        "bestQuality",
                        "majorityConsensus",
                        "confidence",
                        "annotationScores",
                        "consensusScores",
                        "tiedClasses",
                        "review");
    }
}
