package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.LabelQualityScore;
import java.nio.DoubleBuffer;

/**
 * The consensus labels of one method and their quality. Examples and classes are numbered as in the input; an example
 * out of range is an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class Consensus {

    private final ConsensusMethod method;
    private final Annotations annotations;
    private final ConsensusLabels labels;
    private final double[] qualities;
    private final double meanQuality;

    /**
     * Takes the method's columns.
     *
     * @param slice all examples
     * @param meanQuality of all of them
     */
    Consensus(ConsensusMethod method, Slice slice, double meanQuality) {
        this.method = method;
        this.annotations = slice.annotations();
        this.labels = slice.get(Column.consensus(method));
        this.qualities = slice.get(Column.quality(method));
        this.meanQuality = meanQuality;
    }

    /** Returns the method that chose the labels. */
    public ConsensusMethod method() {
        return method;
    }

    /** Returns the consensus class of the example. */
    public int label(int example) {
        return labels.label(example);
    }

    /**
     * Returns the quality of the example's consensus label, in [0, 1]: its {@link LabelQualityScore} under the
     * posterior, or the share of annotations equal to it if quality is by agreement.
     */
    public double quality(int example) {
        return qualities[example];
    }

    /** Returns the qualities of all examples in order, [examples], as a view that nobody can change. */
    public DoubleBuffer qualities() {
        return DoubleBuffer.wrap(qualities).asReadOnlyBuffer();
    }

    /** Returns the share of the example's annotations equal to the consensus, in [0, 1]. */
    public double agreement(int example) {
        return annotations.agreement(example, labels.label(example));
    }

    /** Returns the rule of the majority vote that the label is owed to, NONE where the consensus was clear. */
    public TieBreak tieBreak(int example) {
        return labels.rule(example);
    }

    /** Returns the mean quality over the examples, summed exactly; NaN if there are none. */
    public double meanQuality() {
        return meanQuality;
    }
}
