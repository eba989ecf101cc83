package dev.crowdlab.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WilsonIntervalTest {

    /** The ends are where the distance of the share, in standard errors under that end, is the quantile. */
    @Test
    void theEndsSolveTheEquationThatDefinesThem() {
        for (long count : new long[] {1, 3, 30, 3_000}) {
            for (double mean = 0; mean <= 1; mean += 0.1) {
                WilsonInterval interval = WilsonInterval.of(mean, count);
                for (double end : new double[] {interval.lower(), interval.upper()}) {
                    double distance = Math.abs(mean - end);
                    assertThat(distance)
                            .isCloseTo(
                                    WilsonInterval.QUANTILE * Math.sqrt(Math.max(0, end * (1 - end)) / count),
                                    within(1e-7));
                }
                assertThat(mean).isBetween(interval.lower(), interval.upper());
            }
        }
    }

    @Test
    void moreLabelsAreSurer() {
        assertThat(WilsonInterval.of(0.8, 3).upper() - WilsonInterval.of(0.8, 3).lower())
                .isGreaterThan(0.5);
        assertThat(WilsonInterval.of(0.8, 3_000).upper()
                        - WilsonInterval.of(0.8, 3_000).lower())
                .isLessThan(0.03);
    }

    @Test
    void whatIsUndefinedStaysSo() {
        assertThat(WilsonInterval.of(Double.NaN, 5).lower()).isNaN();
        assertThat(WilsonInterval.of(Double.NaN, 5).upper()).isNaN();
    }
}
