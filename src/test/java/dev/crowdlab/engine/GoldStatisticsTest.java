package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.gold.CalibrationBin;
import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.testing.Slow;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoldStatisticsTest {

    private static final int DATA_SETS = Slow.cases(8, 40);

    /** Four examples, three annotators, two classes; the first three examples have gold. */
    private static final DataSet DATA = new DataSet(
            Annotations.of(2, 3, new int[][] {
                {0, 0, 1}, {0, 1, 1}, {0, 2, 0}, {1, 0, 0}, {1, 1, 0}, {1, 2, 0}, {2, 0, 1}, {3, 0, 0}, {3, 1, 1},
                {3, 2, 1}
            }),
            Predictions.none(4, 2),
            new int[] {1, 1, 1, -1});

    private static final Options MEASURE = Options.defaults()
            .withConsensus(ConsensusMethod.MAJORITY_VOTE, ConsensusMethod.BEST_QUALITY)
            .withGold(GoldUse.MEASURE);

    private static GoldStatistics gold(DataSet data, Options options) {
        return data.analyze(options).estimates().gold().orElseThrow();
    }

    /** Wilson's formula by hand: of 2 labels 1, z² = 2.7055: (1 + 1.3528 ± 1.6449 × sqrt(0.5 + 0.6764)) / 4.7055. */
    @Test
    void labelsAreCounted() {
        GoldStatistics gold = gold(DATA, MEASURE);
        assertThat(gold.exampleCount()).isEqualTo(3);
        assertThat(gold.annotator(0)).isEqualTo(new GoldAccuracy(2, 3));
        assertThat(gold.annotator(1)).isEqualTo(new GoldAccuracy(1, 2));
        assertThat(gold.annotator(2)).isEqualTo(new GoldAccuracy(0, 2));
        assertThat(gold.annotator(1).interval().lower()).isCloseTo(0.1209, within(1e-4));
        assertThat(gold.annotator(1).interval().upper()).isCloseTo(0.8791, within(1e-4));
        assertThat(gold.consensus(0)).isEqualTo(new GoldAccuracy(2, 3));
        assertThat(gold.consensus(0).share()).isEqualTo(2.0 / 3);
        assertThat(gold.isFixed()).isFalse();
    }

    /** By agreement qualities are 2/3 and twice 1. */
    @Test
    void qualitiesAreComparedInTenths() {
        assertThat(gold(DATA, MEASURE).bins(0))
                .containsExactly(new CalibrationBin(7, 1, 2.0 / 3, 1), new CalibrationBin(10, 2, 1, 0.5));
        assertThat(gold(DATA, MEASURE).bins(1)).isEqualTo(gold(DATA, MEASURE).bins(0));
        CalibrationBin bin = new CalibrationBin(7, 1, 0.65, 1);
        assertThat(bin.lower()).isEqualTo(0.6);
        assertThat(bin.upper()).isEqualTo(0.7);
        assertThat(CalibrationBin.of(0)).isEqualTo(1);
        assertThat(CalibrationBin.of(0.1)).isEqualTo(2);
        assertThat(CalibrationBin.of(1)).isEqualTo(10);
    }

    @Test
    void nobodyIsJudgedWithoutGold() {
        GoldStatistics gold = gold(new DataSet(DATA.annotations(), DATA.predictions()), MEASURE);
        assertThat(gold.exampleCount()).isZero();
        assertThat(gold.annotator(0).count()).isZero();
        assertThat(gold.annotator(0).share()).isNaN();
        assertThat(gold.annotator(0).interval().lower()).isNaN();
        assertThat(gold.bins(0)).isEmpty();
        assertThat(DATA.analyze(MEASURE.withGold(GoldUse.NONE)).estimates().gold())
                .isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> Crowdlab.analyze(new Slice(DATA.annotations(), DATA.predictions()), MEASURE))
                .withMessageContaining("column gold is not there");
    }

    @ParameterizedTest
    @EnumSource
    void measuringChangesNothing(ConsensusMethod method) {
        for (long seed = 0; seed < DATA_SETS; seed++) {
            DataSet data = RandomDataSets.of(seed, 60, 9).withGold(seed);
            if (data.annotations().largestSize() > 1) {
                Analysis plain = data.analyze(Options.defaults().withConsensus(method));
                Analysis measured =
                        data.analyze(Options.defaults().withConsensus(method).withGold(GoldUse.MEASURE));
                assertThat(measured.estimates())
                        .usingRecursiveComparison()
                        .withEqualsForType(Double::equals, Double.class)
                        .ignoringFields("gold")
                        .isEqualTo(plain.estimates());
            }
        }
    }

    /** A label that no annotator gave, too. */
    @ParameterizedTest
    @EnumSource
    void usedGoldIsTheConsensusAndCertain(ConsensusMethod method) {
        for (long seed = 0; seed < DATA_SETS; seed++) {
            DataSet data = RandomDataSets.of(seed, 60, 9).withGold(seed);
            for (LabelQualityScore score : LabelQualityScore.values()) {
                if (data.annotations().largestSize() > 1) {
                    boolean adjusted = score == LabelQualityScore.NORMALIZED_MARGIN;
                    Options options = Options.defaults().withConsensus(method).withScore(score, adjusted);
                    checkUsed(
                            data,
                            data.analyze(options.withGold(GoldUse.FIX)),
                            data.analyze(options.withGold(GoldUse.MEASURE)));
                }
            }
        }
    }

    private static void checkUsed(DataSet data, Analysis analysis, Analysis measured) {
        GoldStatistics gold = analysis.estimates().gold().orElseThrow();
        GoldStatistics before = measured.estimates().gold().orElseThrow();
        assertThat(gold.isFixed()).isFalse();
        assertThat(gold.bins(0)).isEqualTo(before.bins(0));
        assertThat(gold.consensus(0)).isEqualTo(before.consensus(0));
        long labels = 0;
        for (int example = 0; example < data.gold().length; example++) {
            int known = data.gold()[example];
            if (known >= 0) {
                assertThat(analysis.published().label(example)).isEqualTo(known);
                assertThat(analysis.published().quality(example)).isEqualTo(1);
                assertThat(analysis.published().tieBreak(example)).isEqualTo(TieBreak.NONE);
                Annotations annotations = data.annotations();
                labels += annotations.size(example);
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    assertThat(analysis.annotationQuality(position))
                            .isEqualTo(annotations.label(position) == known ? 1 : 0);
                }
            }
        }
        for (int annotator = 0; annotator < data.annotations().annotatorCount(); annotator++) {
            labels -= gold.annotator(annotator).count();
        }
        assertThat(labels).isZero();
    }

    /** Everybody was right about everything: no estimate may become undefined. */
    @ParameterizedTest
    @EnumSource
    void nothingButGoldIsAllowed(ConsensusMethod method) {
        DataSet data = DataSet.of(
                2,
                2,
                List.of(new int[] {0, 0, 1}, new int[] {0, 1, 1}, new int[] {1, 0, 0}, new int[] {1, 1, 0}),
                List.of());
        Analysis analysis = new DataSet(data.annotations(), data.predictions(), new int[] {1, 0})
                .analyze(Options.defaults().withConsensus(method).withGold(GoldUse.FIX));
        for (int annotator = 0; annotator < 2; annotator++) {
            Interval interval = analysis.annotators().qualityInterval(annotator);
            assertThat(analysis.annotators().quality(annotator)).isBetween(0.99, 1.0);
            assertThat(interval.lower()).isBetween(0.0, 1.0);
            assertThat(interval.upper()).isBetween(interval.lower(), 1.0);
        }
        analysis.committee().ifPresent(found -> {
            assertThat(found.accuracy()).isEqualTo(1);
            assertThat(found.accuracyInterval().lower()).isBetween(0.99, 1.0);
            assertThat(found.accuracyInterval().upper()).isBetween(0.99, 1.0);
        });
    }
}
