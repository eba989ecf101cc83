package dev.crowdlab.engine.calibration;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Mergeable;

/** Exact sums of the losses, per model and temperature tried. The factor 1 / ln K, the same for all, is left out. */
final class TemperatureLosses implements Mergeable<TemperatureLosses> {

    /** Scales a loss of one example, at most -ln 1e-30 = 69.1, into [0, 1]. */
    private static final double UNIT = 1.0 / 128;

    private final long[][] halves;

    TemperatureLosses(TemperatureGrid[] grids) {
        halves = new long[grids.length][];
        for (int model = 0; model < grids.length; model++) {
            halves[model] = new long[2 * grids[model].size()];
        }
    }

    void add(int model, int point, double loss) {
        FixedPoint.add(halves[model], 2 * point, FixedPoint.of(Math.max(0, loss) * UNIT));
    }

    @Override
    public void add(TemperatureLosses other) {
        for (int model = 0; model < halves.length; model++) {
            Mergeable.add(halves[model], other.halves[model]);
        }
    }

    /** Returns the model's point with the lowest sum, the first of equal ones. */
    int lowest(int model) {
        int lowest = 0;
        for (int point = 1; point < halves[model].length / 2; point++) {
            lowest = compare(model, point, this, lowest) < 0 ? point : lowest;
        }
        return lowest;
    }

    /** Compares the sums of a model's point here and of another point there. */
    int compare(int model, int point, TemperatureLosses other, int otherPoint) {
        long[] sums = halves[model];
        long[] others = other.halves[model];
        return FixedPoint.compare(
                sums[2 * point], sums[2 * point + 1], others[2 * otherPoint], others[2 * otherPoint + 1]);
    }
}
