package dev.crowdlab.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaDistributionTest {

    private static final Offset<Double> CLOSE = within(1e-13);

    private static double quantile(double alpha, double beta, double probability) {
        return new BetaDistribution(alpha, beta).quantile(probability);
    }

    /** Upper percentage points of F, from Abramowitz and Stegun, table 26.9; x = n1 F / (n1 F + n2) is beta(n1 / 2, n2 / 2). */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0.95, 161.4, 0.05",
        "5, 10, 0.95, 3.33, 0.005",
        "10, 5, 0.95, 4.74, 0.005",
        "4, 20, 0.99, 4.43, 0.005",
        "20, 30, 0.99, 2.55, 0.005",
        "60, 120, 0.975, 1.53, 0.005",
        "3, 7, 0.5, 0.871, 0.0005"
    })
    void quantilesAreThoseOfTheTablesOfF(double first, double second, double probability, double f, double rounding) {
        double x = quantile(first / 2, second / 2, probability);
        assertThat(second * x / (first * (1 - x))).isCloseTo(f, within(rounding));
    }

    /** Percentage points of Student's t, from Abramowitz and Stegun, table 26.10; t² / (t² + n) is beta(1/2, n/2). */
    @ParameterizedTest
    @CsvSource({"1, 0.9, 6.314", "5, 0.9, 2.015", "10, 0.95, 2.228", "30, 0.99, 2.750", "120, 0.9, 1.658"})
    void quantilesAreThoseOfTheTableOfT(double freedom, double probability, double t) {
        double x = quantile(0.5, freedom / 2, probability);
        assertThat(StrictMath.sqrt(freedom * x / (1 - x))).isCloseTo(t, within(0.0005));
    }

    @ParameterizedTest
    @CsvSource({"0.05", "0.25", "0.5", "0.95", "0.999"})
    void quantilesAreThoseOfClosedForms(double probability) {
        assertThat(quantile(1, 1, probability)).isCloseTo(probability, CLOSE);
        assertThat(quantile(0.5, 0.5, probability))
                .isCloseTo(StrictMath.pow(StrictMath.sin(StrictMath.PI * probability / 2), 2), CLOSE);
        for (double power : new double[] {0.3, 2, 7.5, 400}) {
            double root = StrictMath.pow(probability, 1 / power);
            assertThat(quantile(power, 1, probability)).isCloseTo(root, CLOSE);
            double other = StrictMath.pow(1 - probability, 1 / power);
            assertThat(quantile(1, power, probability)).isCloseTo(1 - other, CLOSE);
        }
    }

    /** I_x(a, b) is the probability of at least a successes in a + b - 1 trials (DLMF 8.17.5), summed here without error. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0.3", "3, 5, 0.125", "20, 4, 0.75", "4, 20, 0.75", "37, 80, 0.3125", "150, 250, 0.375"})
    void cumulativeIsTheSumOfBinomialProbabilities(int alpha, int beta, double x) {
        int trials = alpha + beta - 1;
        BigDecimal sum = BigDecimal.ZERO;
        BigInteger ways = BigInteger.ONE;
        for (int successes = 0; successes <= trials; successes++) {
            if (successes >= alpha) {
                sum = sum.add(new BigDecimal(ways)
                        .multiply(new BigDecimal(x).pow(successes))
                        .multiply(new BigDecimal(1 - x).pow(trials - successes)));
            }
            ways = ways.multiply(BigInteger.valueOf(trials - successes)).divide(BigInteger.valueOf(successes + 1));
        }
        assertThat(new BetaDistribution(alpha, beta).cumulative(x)).isCloseTo(sum.doubleValue(), within(1e-12));
    }

    @Test
    void quantileInvertsCumulative() {
        double[] parameters = {0.02, 0.5, 0.9, 1.5, 4, 33, 500, 2e4};
        for (double alpha : parameters) {
            for (double beta : parameters) {
                BetaDistribution distribution = new BetaDistribution(alpha, beta);
                double last = 0;
                for (double probability : new double[] {0.01, 0.05, 0.3, 0.5, 0.8, 0.95, 0.99}) {
                    double x = distribution.quantile(probability);
                    assertThat(x).isBetween(last - 1e-15, 1.0);
                    assertThat(distribution.cumulative(x - 1e-12)).isLessThanOrEqualTo(probability + 1e-10);
                    assertThat(distribution.cumulative(x + 1e-12)).isGreaterThanOrEqualTo(probability - 1e-10);
                    last = x;
                }
            }
        }
    }

    @Test
    void mirroredParametersGiveMirroredQuantiles() {
        for (double alpha : new double[] {0.4, 3, 60}) {
            for (double beta : new double[] {0.7, 2, 900}) {
                assertThat(quantile(alpha, beta, 0.05)).isCloseTo(1 - quantile(beta, alpha, 0.95), CLOSE);
            }
        }
    }

    @Test
    void theEndsAreZeroAndOne() {
        BetaDistribution distribution = BetaDistribution.of(0.4, 5);
        assertThat(distribution).isEqualTo(new BetaDistribution(2, 3));
        assertThat(distribution.cumulative(-1)).isZero();
        assertThat(distribution.cumulative(0)).isZero();
        assertThat(distribution.cumulative(1)).isEqualTo(1);
        assertThat(distribution.cumulative(2)).isEqualTo(1);
        assertThat(distribution.quantile(0)).isZero();
        assertThat(distribution.quantile(1)).isEqualTo(1);
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BetaDistribution(0, 2))
                .withMessage("alpha is 0.0 and beta 2.0; both must be greater than 0 and finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BetaDistribution(1, Double.NaN))
                .withMessageContaining("beta NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> quantile(1, 1, 1.5))
                .withMessage("probability is 1.5; it must be in [0, 1]");
    }
}
