package dev.crowdlab.engine.correction;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;

/** Collects the examples with {@link Column#GOLD}, with what a consensus made of them. */
public final class GoldExamplePass implements Pass<GoldExamples> {

    private final ConsensusMethod method;
    private final PublishedPosterior open;

    /**
     * Prepares the pass.
     *
     * @param method whose consensus is read
     * @param open its open posterior
     */
    public GoldExamplePass(ConsensusMethod method, PublishedPosterior open) {
        this.method = method;
        this.open = open;
    }

    @Override
    public GoldExamples newStatistics(Dimensions dimensions) {
        return new GoldExamples();
    }

    @Override
    public void collect(Block block, GoldExamples examples) {
        int[] gold = block.input().get(Column.GOLD);
        long[] orders = block.input().get(Column.GOLD_ORDER);
        ConsensusLabels consensus = block.input().get(Column.consensus(method));
        PosteriorReader reader = open.on(block.input());
        Annotations annotations = block.annotations();
        for (int example = block.from(); example < block.to(); example++) {
            if (gold[example] != CorrectedPosterior.UNKNOWN && examples.takes(orders[example])) {
                double[] posterior = new double[annotations.classCount()];
                reader.fill(example, posterior);
                int[] annotators = new int[annotations.size(example)];
                int[] labels = new int[annotators.length];
                copy(annotations, example, annotators, labels);
                examples.add(new GoldExample(
                        orders[example], gold[example], consensus.label(example), posterior, annotators, labels));
            }
        }
    }

    /** Writes who labeled the example, and what they gave. */
    static void copy(Annotations annotations, int example, int[] annotators, int[] labels) {
        int start = annotations.start(example);
        for (int position = start; position < annotations.end(example); position++) {
            annotators[position - start] = annotations.annotator(position);
            labels[position - start] = annotations.label(position);
        }
    }
}
