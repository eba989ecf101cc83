package dev.crowdlab.engine.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TemperatureGridTest {

    private static final TemperatureGrid.Coarse COARSE = new TemperatureGrid.Coarse();
    private static final double[] RATIOS = {1, 0.75, 1e-3, 1e-20, 0};

    private static double[] sums(TemperatureGrid grid) {
        double[] sums = new double[grid.size()];
        grid.fillSums(Arrays.stream(RATIOS).map(Math::log).toArray(), 1, RATIOS.length, sums);
        return sums;
    }

    private static double[] temperatures(TemperatureGrid grid) {
        double[] temperatures = new double[grid.size()];
        Arrays.setAll(temperatures, grid::temperature);
        return temperatures;
    }

    @Test
    void productsAndRootsAreThePowersTheyStandFor() {
        double[] expected = sums(new TemperatureGrid.Fine(temperatures(COARSE)));
        assertThat(sums(COARSE)).containsExactly(expected, within(1e-14));
    }

    @Test
    void everyExampleHasItsOwnSums() {
        double zero = Double.NEGATIVE_INFINITY;
        for (TemperatureGrid grid : new TemperatureGrid[] {COARSE, COARSE.around(4)}) {
            double[] sums = new double[3 * grid.size()];
            Arrays.fill(sums, 7);
            grid.fillSums(new double[] {0, 0, zero, 0, 0, 0}, 2, 3, sums);
            double[] expected = new double[sums.length];
            Arrays.fill(expected, 0, grid.size(), 2);
            Arrays.fill(expected, grid.size(), 2 * grid.size(), 3);
            assertThat(Arrays.copyOf(sums, 2 * grid.size())).containsExactly(Arrays.copyOf(expected, 2 * grid.size()));
        }
    }

    @Test
    void theFinePointsLieBetweenTheBestAndItsNeighbors() {
        assertThat(temperatures(COARSE.around(5))).containsExactly(1.25, 1.5, 1.75, 2.25, 2.5, 2.75);
        assertThat(temperatures(COARSE.around(0))).containsExactly(new double[] {0.125, 0.15, 0.175}, within(1e-15));
        assertThat(temperatures(COARSE.around(8))).containsExactly(5, 5.75, 6.5, 7.25);
    }
}
