package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Passes over many slices, serialized and each done twice, against the whole in memory. */
class SpreadPassesTest {

    private static final Options BOTH =
            Options.defaults().withConsensus(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE);

    /** Methods of many rounds are slow where all is serialized. */
    private static final int DATA_SETS = Slow.cases(10, 100);

    private static final int FEW_DATA_SETS = Slow.cases(4, 12);

    private static Stream<DataSet> dataSets() {
        return SpreadDataSets.dataSets().limit(DATA_SETS);
    }

    private static SpreadPassRunner spread(DataSet data) {
        return new SpreadPassRunner(SpreadDataSets.slices(data));
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
        SpreadDataSets.assertSame(whole, estimates, passes.slices());
    }

    @ParameterizedTest
    @CsvSource({"DAWID_SKENE, COMMITTEE", "COMMITTEE, DAWID_SKENE"})
    void soDoOtherMethods(ConsensusMethod published, ConsensusMethod alternative) {
        Options options = Options.defaults().withConsensus(published, alternative);
        SpreadDataSets.dataSets().limit(FEW_DATA_SETS).forEach(data -> compare(data, options));
    }

    /** Annotators with few labels and without models. */
    @Test
    void soDoLabelsAloneOfManyClasses() {
        Options options = Options.defaults().withConsensus(ConsensusMethod.COMMITTEE);
        SpreadDataSets.dataSets()
                .filter(data -> data.annotations().largestSize() > 1)
                .limit(FEW_DATA_SETS)
                .forEach(data -> {
                    List<int[]> rows = data.rows();
                    rows.forEach(row -> row[2] *= 13);
                    compare(DataSet.of(80, data.annotations().annotatorCount(), rows, List.of()), options);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "BEST_QUALITY, MAJORITY_VOTE, MEASURE",
        "COMMITTEE, DAWID_SKENE, MEASURE",
        "BEST_QUALITY, MAJORITY_VOTE, FIX",
        "COMMITTEE, DAWID_SKENE, FIX"
    })
    void soDoAllMethodsWithGold(ConsensusMethod published, ConsensusMethod alternative, GoldUse gold) {
        Options options =
                Options.defaults().withConsensus(published, alternative).withGold(gold);
        SpreadDataSets.dataSets().limit(FEW_DATA_SETS).forEach(data -> compare(data.withGold(3), options));
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
        SpreadDataSets.dataSets().forEach(data -> {
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
