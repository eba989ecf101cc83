package dev.crowdlab.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialTest {

    private static final double UNITS = 0.515;
    private static final int FEW = 3_000;
    private static final int MANY = 2_000_000;

    private final SplittableRandom random = new SplittableRandom(1);

    private static void isExact(double x) {
        assertThat(ExactPower.distance(Exponential.of(x), ExactPower.of(x)))
                .as("e^%s", x)
                .isLessThan(UNITS);
    }

    @Test
    void itIsOffByLittleMoreThanHalfAUnit() {
        for (int point = 0; point < FEW; point++) {
            isExact(random.nextDouble(-707, 709));
            isExact(random.nextDouble(-5, 0));
            isExact(random.nextDouble(-1, 1) / 64);
        }
    }

    @Test
    void itIsWithinAUnitOfTheLanguagesOwn() {
        for (int point = 0; point < MANY; point++) {
            double x = random.nextDouble() * (point % 2 == 0 ? -5 : -100);
            double expected = StrictMath.exp(x);
            if (!(Math.abs(Exponential.of(x) - expected) <= Math.ulp(expected))) {
                assertThat(Exponential.of(x)).as("e^%s", x).isEqualTo(expected);
            }
        }
    }

    @Test
    void theRoughOneIsExactWhereItMustBe() {
        for (int point = 0; point < MANY; point++) {
            double x = random.nextDouble() * (point % 2 == 0 ? -5 : -100);
            if (!(Math.abs(Exponential.rough(x) - Exponential.of(x)) <= 0x1p-50)) {
                assertThat(Exponential.rough(x)).as("e^%s", x).isEqualTo(Exponential.of(x));
            }
        }
        assertThat(Exponential.rough(0)).isEqualTo(1);
        assertThat(1 + 32_766 * Exponential.rough(Double.NEGATIVE_INFINITY)).isEqualTo(1);
    }

    /** About borders of the table, the middle of a step and elsewhere. */
    @ParameterizedTest
    @ValueSource(ints = {-64_000, -6401, -65, -64, -63, -2, -1, 1, 2, 63, 64, 65, 6401, 64_000})
    void itNeverDescends(int halfSteps) {
        double middle = halfSteps * StrictMath.log(2) / 128;
        double x = middle - Math.abs(middle) * 0x1p-40;
        double last = Exponential.of(x);
        while (x < middle + Math.abs(middle) * 0x1p-40) {
            x = Math.nextUp(x);
            assertThat(Exponential.of(x) >= last).as("e^%s", x).isTrue();
            last = Exponential.of(x);
        }
    }

    @Test
    void theEndsAreThoseOfTheLanguagesOwn() {
        double[] ends = {0, -0.0, Double.MIN_VALUE, -1e-300, -709, -740, -800, 710, Double.NEGATIVE_INFINITY, Double.NaN
        };
        for (double x : ends) {
            assertThat(Double.compare(Exponential.of(x), StrictMath.exp(x)))
                    .as("e^%s", x)
                    .isZero();
        }
    }
}
