package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link Crowdlab} found out about the examples of a slice, read from its columns. Examples and positions are
 * numbered as in the slice; one out of range is an {@link IndexOutOfBoundsException}. Immutable; safe for use by many
 * threads.
 */
public final class ExampleResults {

    private final ConsensusLabels majority;
    private final List<Consensus> consensus;
    private final double[] annotationQualities;
    /** [examples], as the probabilities; both empty without models. */
    private final int[] modelLabels;

    private final double[] modelProbabilities;

    /**
     * Takes the columns of a slice.
     *
     * @param methods the consensus methods, see {@link Estimates#methods}
     * @param meanQualities [methods] {@link Estimates#meanQuality}
     * @param slice with the columns that {@link Crowdlab#estimate} wrote
     */
    public ExampleResults(List<ConsensusMethod> methods, double[] meanQualities, Slice slice) {
        majority = slice.get(Column.MAJORITY);
        annotationQualities = slice.get(Column.ANNOTATION_QUALITY);
        boolean hasModels = slice.predictions().modelCount() > 0;
        modelLabels = hasModels ? slice.get(Column.MODEL_LABEL) : new int[0];
        modelProbabilities = hasModels ? slice.get(Column.MODEL_PROBABILITY) : new double[0];
        consensus = new ArrayList<>();
        for (int method = 0; method < meanQualities.length; method++) {
            consensus.add(new Consensus(methods.get(method), slice, meanQualities[method]));
        }
    }

    /** Returns the consensus of the first method asked for; the qualities of annotations refer to it. */
    public Consensus published() {
        return consensus.get(0);
    }

    /** Returns the consensus of the other methods, in the order asked for. */
    public List<Consensus> alternatives() {
        return List.copyOf(consensus.subList(1, consensus.size()));
    }

    /** Returns the majority vote of every example, [examples], in an array of the caller's own. */
    int[] majorityVote() {
        return majority.copyLabels();
    }

    /** Returns the rule that decided the example's majority vote, never NONE. */
    TieBreak majorityRule(int example) {
        return majority.rule(example);
    }

    /** Returns the quality of the annotation at the position, in [0, 1]. */
    public double annotationQuality(int position) {
        return annotationQualities[position];
    }

    /** Returns all of them in order, [annotations], as a view that nobody can change. */
    public DoubleBuffer annotationQualities() {
        return DoubleBuffer.wrap(annotationQualities).asReadOnlyBuffer();
    }

    /**
     * Returns the class that the models' mean gives the highest probability, the lowest where several are; -1 without
     * models.
     */
    public int modelLabel(int example) {
        return modelLabels.length == 0 ? -1 : modelLabels[example];
    }

    /** Returns the probability of {@link #modelLabel}, in [0, 1]; NaN without models. */
    public double modelProbability(int example) {
        return modelLabels.length == 0 ? Double.NaN : modelProbabilities[example];
    }
}
