package dev.crowdlab.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FixedPointTest {

    @Test
    void meansAreThoseOfBigDecimal() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 50; round++) {
            int count = random.nextInt(1, 2000);
            long[] sums = new long[2];
            BigDecimal exact = BigDecimal.ZERO;
            for (int addend = 0; addend < count; addend++) {
                double score = random.nextDouble();
                FixedPoint.add(sums, 0, FixedPoint.of(score));
                exact = exact.add(new BigDecimal(score));
            }
            double expected = exact.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
                    .doubleValue();
            assertThat(FixedPoint.mean(sums[0], sums[1], count)).isCloseTo(expected, within(Math.ulp(1.0)));
        }
    }

    @Test
    void theMeanOfOneScoreIsThatScore() {
        for (double score : new double[] {0, 1, 0.1, 0x1.fffffffffffffp-1, 0x1.fffffffffffffp-9, 0x1p-62}) {
            long[] sums = new long[2];
            FixedPoint.add(sums, 0, FixedPoint.of(score));
            assertThat(FixedPoint.mean(sums[0], sums[1], 1)).isEqualTo(score);
        }
    }

    @Test
    void aTinyScoreIsCutOff() {
        assertThat(FixedPoint.of(0x1.8p-62)).isEqualTo(1);
        assertThat(FixedPoint.of(0x1p-63)).isZero();
    }

    @Test
    void theMeanOfNothingIsUndefined() {
        assertThat(FixedPoint.mean(0, 0, 0)).isNaN();
    }

    @Test
    void manyOnesMakeOneExactly() {
        long count = 1L << 31;
        assertThat(FixedPoint.mean((1L << 31) * count, 0, count)).isEqualTo(1);
    }

    @Test
    void comparisonCarriesTheLowHalf() {
        long carry = 1L << 31;
        assertThat(FixedPoint.compare(5, carry, 6, 0)).isZero();
        assertThat(FixedPoint.compare(5, carry + 1, 6, 0)).isPositive();
        assertThat(FixedPoint.compare(5, carry - 1, 6, 0)).isNegative();
        assertThat(FixedPoint.compare(7, 0, 6, carry)).isZero();
    }

    @Test
    void theDifferenceOfSumsTellsWhatTheirRoundedMeansDoNot() {
        long carry = 1L << 31;
        assertThat(FixedPoint.difference(5, carry, 6, 0)).isZero();
        assertThat(FixedPoint.difference(5, carry + 1, 6, 0)).isEqualTo(0x1p-62);
        assertThat(FixedPoint.difference(5, 0, 6, 0)).isEqualTo(-0x1p-31);
    }
}
