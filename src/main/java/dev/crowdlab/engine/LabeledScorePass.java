package dev.crowdlab.engine;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.Weights;

/** Scores labeled examples by the formula of {@link ActiveLab}. */
final class LabeledScorePass implements Pass<Mergeable.None> {

    private final Weights weights;
    private final Column<double[]> quality;
    private final double meanAnnotatorWeight;
    private final double modelWeightSum;

    /**
     * Prepares the pass.
     *
     * @param weights of annotators and models
     * @param quality read: the quality of every consensus label
     */
    LabeledScorePass(Weights weights, Column<double[]> quality) {
        this.weights = weights;
        this.quality = quality;
        meanAnnotatorWeight = weights.meanAnnotatorWeight();
        modelWeightSum = weights.modelWeightSum();
    }

    @Override
    public Mergeable.None newStatistics(Dimensions dimensions) {
        return new Mergeable.None();
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(Column.ACTIVE_LEARNING, new double[slice.exampleCount()]);
    }

    @Override
    public void collect(Block block, Mergeable.None nothing) {
        Annotations annotations = block.annotations();
        double[] qualities = block.input().get(quality);
        double[] scores = block.output().get(Column.ACTIVE_LEARNING);
        double[] annotatorWeights = weights.annotatorWeights();
        double share = meanAnnotatorWeight / annotations.classCount();
        for (int example = block.from(); example < block.to(); example++) {
            double known = 0;
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                known += annotatorWeights[annotations.annotator(position)];
            }
            known += modelWeightSum;
            scores[example] =
                    Math.max(0, Math.min(1, (qualities[example] * known + share) / (known + meanAnnotatorWeight)));
        }
    }
}
