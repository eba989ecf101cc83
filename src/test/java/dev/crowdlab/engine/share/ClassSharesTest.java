package dev.crowdlab.engine.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.pass.Dimensions;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClassSharesTest {

    private static final double EXACT = 1e-12;

    /** Counts gold by true class and consensus, then further examples by consensus up to the totals. */
    private static ShareCounts counts(long[][] gold, long[] labels, int period) {
        ShareCounts counts = new ShareCounts(new Dimensions(1000, 3000, 3, gold.length, 0, 3));
        long[] left = labels.clone();
        for (int truth = 0; truth < gold.length; truth++) {
            for (int label = 0; label < labels.length; label++) {
                long times = label < gold[truth].length ? gold[truth][label] : 0;
                for (long time = 0; time < times; time++) {
                    counts.addExample(period, label, 0.75);
                    counts.addGold(period, truth, label, 0.75);
                }
                left[label] -= times;
            }
        }
        for (int label = 0; label < labels.length; label++) {
            for (long time = 0; time < left[label]; time++) {
                counts.addExample(period, label, 0.75);
            }
        }
        return counts;
    }

    private static ShareEstimates estimates(ShareCounts counts, int periodCount) {
        return new ShareEstimates(counts, Optional.of(new SamplePrefix()), periodCount, false);
    }

    private static ClassShares shares(long[][] gold, long... labels) {
        return estimates(counts(gold, labels, -1), 0).dataset();
    }

    /** By hand: g = 35, 65; f = 40, 60; λ = (85 - 53) / (100 - 52); θ = 0.42 λ + (35 - 40 λ) / 100. */
    @Test
    void countsAreCorrectedAsByHand() {
        ClassShares shares = shares(new long[][] {{30, 5}, {10, 55}}, 420, 580);
        assertThat(shares.refusal()).isEmpty();
        assertThat(shares.goldCount()).isEqualTo(100);
        assertThat(shares.exampleCount()).isEqualTo(1000);
        assertThat(shares.lambda()).isCloseTo(2.0 / 3, within(EXACT));
        assertThat(shares.share(0).counted()).isEqualTo(0.42);
        assertThat(shares.share(0).estimate()).isCloseTo(0.35 + 2.0 / 3 * 0.02, within(EXACT));
        assertThat(shares.share(1).estimate()).isCloseTo(0.65 - 2.0 / 3 * 0.02, within(EXACT));
        assertThat(shares.moreToHalve()).isEqualTo(208);
    }

    /** The same table by the study's program. */
    @Test
    void intervalsAreThoseOfTheStudy() {
        ClassShares shares = shares(new long[][] {{30, 5}, {10, 55}}, 420, 580);
        assertThat(shares.share(0).lower()).isCloseTo(0.3075894120077681, within(1e-9));
        assertThat(shares.share(0).upper()).isCloseTo(0.42300788229296715, within(1e-9));
        assertThat(shares.share(1).lower()).isCloseTo(1 - 0.42300788229296715, within(1e-9));
        assertThat(shares.share(1).upper()).isCloseTo(1 - 0.3075894120077681, within(1e-9));
    }

    @Test
    void labelsThatNeverErrAreCounted() {
        ClassShares shares = shares(new long[][] {{40, 0}, {0, 60}}, 400, 600);
        assertThat(shares.lambda()).isEqualTo(1);
        assertThat(shares.share(0).estimate()).isCloseTo(0.4, within(EXACT));
        assertThat(shares.share(0).lower()).isLessThan(0.4);
        assertThat(shares.share(0).upper()).isGreaterThan(0.4);
        assertThat(shares.share(0).isCountOff()).isFalse();
    }

    @Test
    void goldForAllExamplesLeavesNoDoubt() {
        ClassShares shares = shares(new long[][] {{40, 0}, {0, 60}}, 40, 60);
        assertThat(shares.share(0)).isEqualTo(new ClassShare(0.4, 0.4, 0.4, 0.4));
        assertThat(shares.moreToHalve()).isZero();
    }

    @Test
    void fewerThanFiftyGoldLabelsCorrectNothing() {
        ClassShares shares = shares(new long[][] {{20, 0}, {0, 29}}, 400, 600);
        assertThat(shares.refusal()).contains(ShareRefusal.FEW_GOLD);
        assertThat(shares.goldCount()).isEqualTo(49);
        assertThat(shares.share(0).counted()).isEqualTo(0.4);
        assertThat(shares.share(0).estimate()).isNaN();
        assertThat(shares.share(0).isCountOff()).isFalse();
        assertThat(shares.lambda()).isNaN();
        assertThat(shares.moreToHalve()).isEqualTo(-1);
        assertThat(shares(new long[][] {{20, 0}, {0, 30}}, 400, 600).refusal()).isEmpty();
    }

    @Test
    void withoutGoldOrExamplesNothingIsKnown() {
        assertThat(shares(new long[2][2], 4, 6).refusal()).contains(ShareRefusal.FEW_GOLD);
        assertThat(estimates(counts(new long[2][2], new long[] {4, 6}, -1), 0).origin())
                .isEqualTo(GoldOrigin.NONE);
        assertThat(shares(new long[2][2], 0, 0).share(0).counted()).isNaN();
    }

    @Test
    void aClassThatGoldNeverShowedMayBeAbsentAndTheOnlyOneAll() {
        ClassShares shares = shares(new long[][] {{60, 0, 1}, {0, 0, 0}, {0, 0, 0}}, 950, 30, 20);
        assertThat(shares.share(1).lower()).isZero();
        assertThat(shares.share(1).upper()).isCloseTo(0.08147866809756202, within(1e-9));
        assertThat(shares.share(0).upper()).isEqualTo(1);
        assertThat(shares.share(0).lower()).isCloseTo(0.9185213319024381, within(1e-9));
        assertThat(shares.share(2).estimate()).isEqualTo(0);
    }

    /** λ is 0 where gold has one consensus label only, and the shares are those of gold. */
    @Test
    void labelsThatNeverDifferTellNothing() {
        ClassShares shares = shares(new long[][] {{30, 0}, {30, 0}}, 900, 100);
        assertThat(shares.lambda()).isZero();
        assertThat(shares.share(0).estimate()).isEqualTo(0.5);
        assertThat(shares.share(0).isCountOff()).isTrue();
        assertThat(shares.share(1).isCountOff()).isTrue();
    }

    @Test
    void examplesWithoutConsensusAreALabelOfTheirOwn() {
        ClassShares shares = shares(new long[][] {{30, 0, 10}, {0, 50, 10}}, 300, 500, 200);
        assertThat(shares.unlabeledCount()).isEqualTo(200);
        assertThat(shares.classCount()).isEqualTo(2);
        assertThat(shares.share(0).counted()).isEqualTo(0.3);
        assertThat(shares.share(0).estimate() + shares.share(1).estimate()).isCloseTo(1, within(EXACT));
    }

    @Test
    void goldThatDecidesTheConsensusCorrectsNothing() {
        ShareCounts counts = counts(new long[][] {{40, 0}, {0, 60}}, new long[] {400, 600}, -1);
        ShareEstimates estimates = new ShareEstimates(counts, Optional.empty(), 0, true);
        assertThat(estimates.dataset().refusal()).contains(ShareRefusal.GOLD_DECIDES);
        assertThat(estimates.hasRandomGold()).isFalse();
        assertThat(estimates.sampleEnd()).isNaN();
    }

    @Test
    void aPeriodHasItsOwnCountsAndTheLambdaOfAll() {
        ShareCounts counts = counts(new long[][] {{30, 5}, {10, 55}}, new long[] {420, 580}, 0);
        counts.add(counts(new long[][] {{10, 5}, {10, 24}}, new long[] {100, 80}, 1));
        counts.add(counts(new long[][] {{10, 0}, {0, 10}}, new long[] {20, 30}, -1));
        ShareEstimates estimates = estimates(counts, 3);
        assertThat(estimates.periodCount()).isEqualTo(3);
        assertThat(estimates.dataset().exampleCount()).isEqualTo(1230);
        assertThat(estimates.dataset().goldCount()).isEqualTo(169);
        assertThat(estimates.period(0).exampleCount()).isEqualTo(1000);
        assertThat(estimates.period(0).lambda())
                .isEqualTo(estimates.dataset().lambda())
                .isNotCloseTo(2.0 / 3, within(0.001));
        assertThat(estimates.period(1).refusal()).contains(ShareRefusal.FEW_GOLD);
        assertThat(estimates.period(1).share(0).counted()).isEqualTo(100 / 180.0);
        assertThat(estimates.period(2).exampleCount()).isZero();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> estimates.period(-1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> estimates.period(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> estimates(counts, 1))
                .withMessage("an example is of period 1; there are only 1 from 0 on");
    }

    /** Half of 200 examples have quality 0.5, half 1: the variance is 1/16; 50 gold of the uncertain half are 0.25 away. */
    @Test
    void goldOfUncertainExamplesIsNotRandom() {
        ShareCounts counts = new ShareCounts(new Dimensions(200, 600, 3, 2, 0, 3));
        for (int example = 0; example < 200; example++) {
            counts.addExample(-1, example % 2, example < 100 ? 0.5 : 1);
            if (example < 50) {
                counts.addGold(-1, 0, example % 2, 0.5);
            }
        }
        ShareEstimates estimates = estimates(counts, 0);
        assertThat(estimates.randomness()).isCloseTo(-0.25 / Math.sqrt(1.0 / 16 / 50 * 0.75), within(1e-9));
        assertThat(estimates.origin()).isEqualTo(GoldOrigin.NOT_RANDOM);
        assertThat(estimates.dataset().refusal()).contains(ShareRefusal.GOLD_NOT_RANDOM);
        assertThat(estimates.hasRandomGold()).isFalse();
    }

    @Test
    void equalQualitiesRaiseNoAlarm() {
        ShareCounts counts = counts(new long[][] {{40, 0}, {0, 60}}, new long[] {400, 600}, -1);
        assertThat(counts.randomness()).isZero();
        assertThat(estimates(counts, 0).origin()).isEqualTo(GoldOrigin.RANDOM);
        assertThat(new ShareEstimates(counts, Optional.empty(), 0, false).origin())
                .isEqualTo(GoldOrigin.UNCHECKED);
    }

    @Test
    void thousandsOfClassesTakeNoMoreThanOccur() {
        int classCount = 32_767;
        ShareCounts counts = new ShareCounts(new Dimensions(100_000, 100_000, 3, classCount, 0, 3));
        for (int example = 0; example < 100_000; example++) {
            counts.addExample(example % 12, example % classCount, 0.75);
            if (example % 1000 == 0) {
                counts.addGold(example % 12, (example + 1) % classCount, example % classCount, 0.75);
            }
        }
        ClassShares shares = estimates(counts, 12).dataset();
        assertThat(shares.count(5)).isEqualTo(4);
        assertThat(shares.goldCount()).isEqualTo(100);
        assertThat(shares.share(5).upper()).isBetween(0.01, 0.06);
    }
}
