package dev.crowdlab.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogGammaTest {

    /** Γ from Abramowitz and Stegun, table 6.1. */
    @ParameterizedTest
    @CsvSource({"1.25, 0.9064024771", "1.5, 0.8862269255", "1.9, 0.9617658319"})
    void valuesAreThoseOfTheTable(double x, double gamma) {
        assertThat(StrictMath.exp(LogGamma.of(x))).isCloseTo(gamma, within(1e-10));
    }

    @Test
    void valuesOfIntegersAreLogarithmsOfFactorials() {
        double sum = 0;
        for (int x = 1; x < 170; x++) {
            assertThat(LogGamma.of(x)).isCloseTo(sum, within(1e-13 * Math.max(1, sum)));
            sum += StrictMath.log(x);
        }
    }

    /** Γ(x) Γ(1 - x) = π / sin πx (Abramowitz and Stegun, 6.1.17). */
    @Test
    void smallArgumentsAreThoseOfTheReflection() {
        for (double x : new double[] {1e-8, 0.01, 0.3, 0.5}) {
            assertThat(LogGamma.of(x) + LogGamma.of(1 - x))
                    .isCloseTo(StrictMath.log(StrictMath.PI / StrictMath.sin(StrictMath.PI * x)), within(1e-13));
        }
    }
}
