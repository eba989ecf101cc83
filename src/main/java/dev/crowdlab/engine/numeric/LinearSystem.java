package dev.crowdlab.engine.numeric;

/** Linear equations. Safe for use by many threads. */
public final class LinearSystem {

    private LinearSystem() {}

    /**
     * Solves a symmetric positive definite system by elimination without exchange of rows.
     *
     * @param system n rows of n coefficients and the right side; overwritten
     * @return the n unknowns
     */
    public static double[] solve(double[][] system) {
        int count = system.length;
        for (int pivot = 0; pivot < count; pivot++) {
            for (int row = pivot + 1; row < count; row++) {
                double factor = system[row][pivot] / system[pivot][pivot];
                for (int column = pivot; column <= count; column++) {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }
        double[] solution = new double[count];
        for (int row = count - 1; row >= 0; row--) {
            double rest = system[row][count];
            for (int column = row + 1; column < count; column++) {
                rest -= system[row][column] * solution[column];
            }
            solution[row] = rest / system[row][row];
        }
        return solution;
    }
}
