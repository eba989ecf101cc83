package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import java.io.Serializable;
import java.util.Arrays;

/**
 * All machines as one model. With C_j[k, l] the sum of the people's open posterior O_i[k] over the examples that machine
 * j gave l, plus 0.5, and 1 more where k = l; with rho the mean correlation of errors and m_i the machines that labeled
 * example i,
 *
 * <pre>
 *   p_i[k]  is proportional to  pi[k] × exp( t_i × sum over j of ln( (C_j[k, v_ij] - O_i[k]) / (sum over l of C_j[k, l] - O_i[k]) ) )
 *   t_i = 1 / (1 + (m_i - 1) rho)      pi[k] = (sum of O_i[k] + 1) / (examples + K)
 * </pre>
 *
 * <p>where O_i is 0 if no person labeled the example: an example does not confirm itself. Confusion of annotators as in
 * Dawid and Skene, Applied Statistics 28 (1979). Immutable; safe for use by many threads.
 */
final class Panel implements Serializable {

    private static final double CELL = 0.5;
    private static final double DIAGONAL = 1;

    private final int classCount;
    private final double rho;
    private final boolean[] isUsed;
    /** [machines × classes given × classes] C */
    private final double[] cells;
    /** [machines × classes] sums of C over the classes given. */
    private final double[] rows;
    /** [machines × classes given × classes] logarithms where no person labeled the example, on the grid. */
    private final double[] logarithms;
    /** [classes] ln pi */
    private final double[] prior;

    Panel(MachineSums sums, boolean[] isUsed, double rho) {
        classCount = sums.classes.length;
        this.rho = rho;
        this.isUsed = isUsed;
        cells = new double[sums.cells.length];
        rows = new double[isUsed.length * classCount];
        logarithms = new double[cells.length];
        prior = new double[classCount];
        for (int label = 0; label < classCount; label++) {
            prior[label] =
                    Logarithm.of((sums.classes[label] * Grid.UNIT + 1) / (sums.squares[2] + (double) classCount));
        }
        for (int machine = 0; machine < isUsed.length; machine++) {
            for (int given = 0; given < classCount; given++) {
                for (int label = 0; label < classCount; label++) {
                    int cell = cell(machine, given) + label;
                    cells[cell] = sums.cell(machine, label, given) + CELL + (label == given ? DIAGONAL : 0);
                    rows[machine * classCount + label] += cells[cell];
                }
            }
            for (int cell = cell(machine, 0); cell < cell(machine + 1, 0); cell++) {
                logarithms[cell] = onGrid(cells[cell] / rows[machine * classCount + cell % classCount]);
            }
        }
    }

    private int cell(int machine, int given) {
        return (machine * classCount + given) * classCount;
    }

    private static double onGrid(double probability) {
        return Grid.of(Logarithm.of(probability)) * Grid.UNIT;
    }

    /** Returns whether the machine is part of the panel. */
    boolean isUsed(int machine) {
        return isUsed[machine];
    }

    /**
     * Computes the prediction for an example.
     *
     * @param own [classes] the open posterior of the example in units of 2^-30; all 0 where no person labeled it
     * @param isOwn whether a person labeled it
     * @param probabilities [classes] written into: they sum to 1
     * @return how many machines of the panel labeled it; if none did, the prediction is pi
     */
    int fill(MachineLabels machines, int example, long[] own, boolean isOwn, double[] probabilities) {
        Arrays.fill(probabilities, 0);
        int count = 0;
        for (int position = machines.start(example); position < machines.end(example); position++) {
            int machine = machines.machine(position);
            if (isUsed[machine]) {
                count++;
                int start = cell(machine, machines.label(position));
                for (int label = 0; label < classCount; label++) {
                    probabilities[label] += isOwn
                            ? onGrid((cells[start + label] - own[label] * Grid.UNIT)
                                    / (rows[machine * classCount + label] - own[label] * Grid.UNIT))
                            : logarithms[start + label];
                }
            }
        }
        double power = 1 / (1 + Math.max(0, count - 1) * rho);
        double highest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < classCount; label++) {
            probabilities[label] = prior[label] + power * probabilities[label];
            highest = Math.max(highest, probabilities[label]);
        }
        double sum = 0;
        for (int label = 0; label < classCount; label++) {
            probabilities[label] = Exponential.of(probabilities[label] - highest);
            sum += probabilities[label];
        }
        for (int label = 0; label < classCount; label++) {
            probabilities[label] /= sum;
        }
        return count;
    }

    /** Returns the class with the highest probability, the lowest of several. */
    static int top(double[] probabilities) {
        int top = 0;
        for (int label = 1; label < probabilities.length; label++) {
            top = probabilities[label] > probabilities[top] ? label : top;
        }
        return top;
    }
}
