package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Column;
import java.nio.DoubleBuffer;

/**
 * The scores of {@link ActiveLab}, each in [0, 1]; the example with the lowest is to be labeled next, be it labeled
 * already or not. Examples are numbered as in the input; one out of range is an {@link IndexOutOfBoundsException}.
 * Immutable; safe for use by many threads.
 */
public final class ActiveLabScores {

    private final double[] labeled;
    private final double[] unlabeled;

    /**
     * Takes ownership of arrays, such as {@link Column#ACTIVE_LEARNING} of two slices.
     *
     * @param labeled [labeled examples]
     * @param unlabeled [unlabeled examples]
     */
    public ActiveLabScores(double[] labeled, double[] unlabeled) {
        this.labeled = labeled;
        this.unlabeled = unlabeled;
    }

    /** Returns the number of labeled examples. */
    public int labeledCount() {
        return labeled.length;
    }

    /** Returns the number of unlabeled examples. */
    public int unlabeledCount() {
        return unlabeled.length;
    }

    /** Returns the score of a labeled example, in [0, 1]. */
    public double labeled(int example) {
        return labeled[example];
    }

    /** Returns the scores of all labeled examples in order, [labeled examples], as a view that nobody can change. */
    public DoubleBuffer labeled() {
        return DoubleBuffer.wrap(labeled).asReadOnlyBuffer();
    }

    /**
     * Returns the scores of all unlabeled examples in order, [unlabeled examples], as a view that nobody can change.
     */
    public DoubleBuffer unlabeled() {
        return DoubleBuffer.wrap(unlabeled).asReadOnlyBuffer();
    }

    /** Returns the score of an unlabeled example, in [0, 1]. */
    public double unlabeled(int example) {
        return unlabeled[example];
    }
}
