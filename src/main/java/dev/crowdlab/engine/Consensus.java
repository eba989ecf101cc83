package dev.crowdlab.engine;

/**
 * The consensus labels of one method and their quality. Examples and classes are indexed as in the input. Immutable; safe
 * for use by many threads.
 */
public final class Consensus {

    private final ConsensusMethod method;
    private final Annotations annotations;
    private final ConsensusLabels decisions;
    private final double[] qualities;
    private final double meanQuality;

    Consensus(
            ConsensusMethod method,
            Annotations annotations,
            ConsensusLabels decisions,
            double[] qualities,
            double meanQuality) {
        this.method = method;
        this.annotations = annotations;
        this.decisions = decisions;
        this.qualities = qualities;
        this.meanQuality = meanQuality;
    }

    /** Returns the method that chose the labels. */
    public ConsensusMethod method() {
        return method;
    }

    /** Returns the consensus class of the example. */
    public int label(int example) {
        return decisions.label(example);
    }

    /** Returns the quality of the example's consensus label, in [0, 1]. */
    public double quality(int example) {
        return qualities[example];
    }

    /** Returns the share of the example's annotations equal to the consensus, in [0, 1]; read from the annotations. */
    public double agreement(int example) {
        return annotations.agreement(example, decisions.label(example));
    }

    /** Returns the rule of the majority vote that the label is owed to, NONE where the consensus was clear. */
    public TieBreak tieBreak(int example) {
        return decisions.rule(example);
    }

    /** Returns the mean quality over the examples, summed exactly; NaN if there are none. */
    public double meanQuality() {
        return meanQuality;
    }
}
