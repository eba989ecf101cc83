package dev.crowdlab.engine.review;

import dev.crowdlab.engine.annotator.MajorityConfusionPass;
import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Annotations;
import java.io.Serializable;

/**
 * How probable it is that the majority is right where votes are split, from how each annotator's labels compare with
 * the majority elsewhere: one step of Dawid and Skene's method, in which an example does not count for itself and both
 * classes are equally frequent. No prediction enters. Immutable; safe for use by many threads.
 */
final class SplitEvidence implements Serializable {

    /** The weight of what is known about all annotators, in labels of a class. */
    private static final double STRENGTH = 8;

    /** Labels added to every pair of classes, so that none is impossible. */
    private static final double MIN_LABELS = 0.5;

    private final MajorityConfusionPass.Counts counts;
    /** [annotators × classes] labels by class with most votes. */
    private final long[] totals;
    /** [classes × classes] the share of all labels by class with most votes, times {@link #STRENGTH}. */
    private final double[] expected;

    SplitEvidence(MajorityConfusionPass.Counts counts) {
        this.counts = counts;
        int classCount = counts.classCount;
        totals = new long[counts.labels.length / classCount];
        expected = new double[classCount * classCount];
        double[] rowSums = new double[classCount];
        for (int cell = 0; cell < counts.labels.length; cell++) {
            totals[cell / classCount] += counts.labels[cell];
            expected[cell % expected.length] += counts.labels[cell];
        }
        for (int cell = 0; cell < expected.length; cell++) {
            expected[cell] += MIN_LABELS;
            rowSums[cell / classCount] += expected[cell];
        }
        for (int cell = 0; cell < expected.length; cell++) {
            expected[cell] *= STRENGTH / rowSums[cell / classCount];
        }
    }

    /**
     * Returns the probability of one class of two, in (0, 1).
     *
     * @param example with most votes for {@code most}
     * @param second the class with the second most
     */
    double probability(Annotations annotations, int example, int most, int second) {
        long evidence = 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int annotator = annotations.annotator(position);
            int label = annotations.label(position);
            double ratio = share(annotator, most, label, 1) / share(annotator, second, label, 0);
            evidence += Grid.of(Logarithm.of(ratio));
        }
        return 1 / (1 + Exponential.of(-evidence * Grid.UNIT));
    }

    /**
     * How often the annotator gives the label where most give a class.
     *
     * @param own labels not to be counted, 0 or 1
     */
    private double share(int annotator, int most, int label, int own) {
        int cell = counts.cell(annotator, most, label);
        return (counts.labels[cell] - own + expected[cell % expected.length])
                / (totals[cell / counts.classCount] - own + STRENGTH);
    }
}
