package dev.crowdlab.engine;

/** Exact sums of the losses, per model and temperature tried. ln K, the same for all, is left out. */
final class CalibrationLosses implements Statistics<CalibrationLosses> {

    /** Scales a loss of one example, at most -ln 1e-30 = 69.1, into [0, 1]. */
    private static final double UNIT = 1.0 / 128;

    private final long[][] halves;

    CalibrationLosses(double[][] grids) {
        halves = new long[grids.length][];
        for (int model = 0; model < grids.length; model++) {
            halves[model] = new long[2 * grids[model].length];
        }
    }

    void add(int model, int point, double loss) {
        FixedPoint.add(halves[model], 2 * point, FixedPoint.of(Math.max(0, loss) * UNIT));
    }

    @Override
    public void add(CalibrationLosses other) {
        for (int model = 0; model < halves.length; model++) {
            Statistics.add(halves[model], other.halves[model]);
        }
    }

    /** Returns for each model the point with the lowest sum, the first of equal ones. */
    int[] lowest() {
        int[] lowest = new int[halves.length];
        for (int model = 0; model < lowest.length; model++) {
            for (int point = 1; point < halves[model].length / 2; point++) {
                lowest[model] = isLower(halves[model], point, lowest[model]) ? point : lowest[model];
            }
        }
        return lowest;
    }

    private static boolean isLower(long[] sums, int point, int lowest) {
        return FixedPoint.compare(sums[2 * point], sums[2 * point + 1], sums[2 * lowest], sums[2 * lowest + 1]) < 0;
    }
}
