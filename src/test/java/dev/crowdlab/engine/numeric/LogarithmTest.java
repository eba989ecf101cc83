package dev.crowdlab.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogarithmTest {

    private static final double UNITS = 0.51;
    private static final int FEW = 3_000;
    private static final int MANY = 2_000_000;

    private final SplittableRandom random = new SplittableRandom(1);

    private static void isExact(double x) {
        assertThat(ExactPower.distance(Logarithm.of(x), ExactPower.log(x)))
                .as("ln %s", x)
                .isLessThan(UNITS);
    }

    @Test
    void itIsOffByLittleMoreThanHalfAUnit() {
        for (int point = 0; point < FEW; point++) {
            isExact(random.nextDouble());
            isExact(StrictMath.exp(random.nextDouble(-700, 700)));
            isExact(1 + random.nextDouble(-1, 1) / 64);
        }
    }

    @Test
    void itIsWithinAUnitOfTheLanguagesOwn() {
        for (int point = 0; point < MANY; point++) {
            double x = random.nextDouble() * (point % 2 == 0 ? 1 : 1e-6);
            double expected = StrictMath.log(x);
            if (!(Math.abs(Logarithm.of(x) - expected) <= Math.ulp(expected))) {
                assertThat(Logarithm.of(x)).as("ln %s", x).isEqualTo(expected);
            }
        }
    }

    @Test
    void theRoughOneIsExactWhereItMustBe() {
        for (int point = 0; point < MANY; point++) {
            double x = point % 2 == 0 ? random.nextDouble() : 1 + 32_766 * random.nextDouble();
            double error = Math.abs(Logarithm.rough(x) - Logarithm.of(x));
            if (!(error <= 0x1p-50 * Math.max(1, Math.abs(Logarithm.of(x))))) {
                assertThat(Logarithm.rough(x)).as("ln %s", x).isEqualTo(Logarithm.of(x));
            }
        }
        assertThat(Logarithm.rough(1)).isZero();
        assertThat(Logarithm.rough(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Logarithm.rough(1e-310)).isEqualTo(Logarithm.of(1e-310));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-30, 0.1, 0.5, 0.6875, 1 - 0x1p-8, 1, 1 + 0x1p-8, 1.3125 + 0x1p-8, 1.375, 3, 1e300})
    void itNeverDescends(double middle) {
        double x = middle * (1 - 0x1p-40);
        double last = Logarithm.of(x);
        while (x < middle * (1 + 0x1p-40)) {
            x = Math.nextUp(x);
            assertThat(Logarithm.of(x) >= last).as("ln %s", x).isTrue();
            last = Logarithm.of(x);
        }
    }

    @Test
    void theEndsAreThoseOfTheLanguagesOwn() {
        double[] ends = {
            0, -0.0, 1, Double.MIN_VALUE, 1e-310, Double.MIN_NORMAL, Double.POSITIVE_INFINITY, -1, Double.NaN
        };
        for (double x : ends) {
            assertThat(Double.compare(Logarithm.of(x), StrictMath.log(x)))
                    .as("ln %s", x)
                    .isZero();
        }
        isExact(Double.MIN_NORMAL);
        isExact(Double.MAX_VALUE);
    }
}
