package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Mergeable;

/** The exact sums of {@link MachinePass}. */
final class MachineSums implements Mergeable<MachineSums> {

    /** Counts of a pair of machines, and of a machine and a person. */
    static final int FIELDS = 4;

    /** [machines] labels of examples that people labeled. */
    final long[] overlap;
    /** [machines × classes × classes] sums of open posteriors by given class, then by class, in units of 2^-30. */
    final long[] cells;
    /** [machines × 4] the sum of the probabilities P of the labels, and that of P (1 - P), in two halves each. */
    final long[] accuracies;
    /** [pairs × 4] examples, errors of the one, errors of the other, errors of both. */
    final long[] pairs;
    /** [machines × people compared × 4] see {@link AlternativeTest}. */
    final long[] tests;
    /** [classes] sums of open posteriors, in units of 2^-30. */
    final long[] classes;
    /** The sum over examples and classes of P², in two halves, and the number of examples. */
    final long[] squares = new long[3];

    MachineSums(int machineCount, int classCount, int comparedCount) {
        overlap = new long[machineCount];
        cells = new long[machineCount * classCount * classCount];
        accuracies = new long[FIELDS * machineCount];
        pairs = new long[FIELDS * machineCount * (machineCount - 1) / 2];
        tests = new long[FIELDS * machineCount * comparedCount];
        classes = new long[classCount];
    }

    /** Returns where the counts of two machines start, the second of which has the higher number. */
    static int pair(int first, int second) {
        return FIELDS * (second * (second - 1) / 2 + first);
    }

    void addExample(AnchoredExample example) {
        double sum = 0;
        for (int label = 0; label < classes.length; label++) {
            classes[label] += example.units[label];
            sum += example.probability(label) * example.probability(label);
        }
        FixedPoint.add(squares, 0, FixedPoint.of(Math.min(1, sum)));
        squares[2] += 1;
    }

    void addLabel(int machine, int given, AnchoredExample example) {
        overlap[machine] += 1;
        int start = (machine * classes.length + given) * classes.length;
        for (int label = 0; label < classes.length; label++) {
            cells[start + label] += example.units[label];
        }
        double right = example.probability(given);
        FixedPoint.add(accuracies, FIELDS * machine, FixedPoint.of(right));
        FixedPoint.add(accuracies, FIELDS * machine + 2, FixedPoint.of(right * (1 - right)));
    }

    void addPair(int first, int second, boolean isFirstWrong, boolean isSecondWrong) {
        int start = pair(first, second);
        pairs[start] += 1;
        pairs[start + 1] += isFirstWrong ? 1 : 0;
        pairs[start + 2] += isSecondWrong ? 1 : 0;
        pairs[start + 3] += isFirstWrong && isSecondWrong ? 1 : 0;
    }

    /** Counts who agrees with more of the other people. */
    void addTest(int index, long agreeWithMachine, long agreeWithPerson) {
        int difference = Long.signum(agreeWithPerson - agreeWithMachine);
        tests[index] += 1;
        tests[index + 1] += difference;
        tests[index + 2] += Math.abs(difference);
        tests[index + 3] += difference <= 0 ? 1 : 0;
    }

    double probabilities(int machine) {
        return FixedPoint.mean(accuracies[FIELDS * machine], accuracies[FIELDS * machine + 1], 1);
    }

    double variances(int machine) {
        return FixedPoint.mean(accuracies[FIELDS * machine + 2], accuracies[FIELDS * machine + 3], 1);
    }

    /** Returns the mean over examples of the sum of P². */
    double base() {
        return FixedPoint.mean(squares[0], squares[1], Math.max(1, squares[2]));
    }

    double cell(int machine, int label, int given) {
        return cells[(machine * classes.length + given) * classes.length + label] * Grid.UNIT;
    }

    @Override
    public void add(MachineSums other) {
        Mergeable.add(overlap, other.overlap);
        Mergeable.add(cells, other.cells);
        Mergeable.add(accuracies, other.accuracies);
        Mergeable.add(pairs, other.pairs);
        Mergeable.add(tests, other.tests);
        Mergeable.add(classes, other.classes);
        Mergeable.add(squares, other.squares);
    }
}
