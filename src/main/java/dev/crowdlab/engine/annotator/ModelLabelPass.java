package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;

/**
 * Finds the class that the models' mean gives the highest probability, and counts the labels equal to it by annotator.
 */
public final class ModelLabelPass implements Pass<ModelLabelPass.Equal> {

    @Override
    public Equal newStatistics(Dimensions dimensions) {
        return new Equal(dimensions);
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(Column.MODEL_LABEL, new int[slice.exampleCount()])
                .with(Column.MODEL_PROBABILITY, new double[slice.exampleCount()]);
    }

    @Override
    public void collect(Block block, Equal statistics) {
        Annotations annotations = block.annotations();
        Predictions predictions = block.predictions();
        int[] labels = block.output().get(Column.MODEL_LABEL);
        double[] probabilities = block.output().get(Column.MODEL_PROBABILITY);
        for (int example = block.from(); example < block.to(); example++) {
            int best = predictions.mostProbable(example);
            labels[example] = best;
            probabilities[example] = Math.min(1, predictions.mean(example, best));
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                if (annotations.label(position) == best) {
                    statistics.labels[annotations.annotator(position)] += 1;
                }
            }
        }
    }

    /** The labels of each annotator that are equal to the models'. */
    public static final class Equal implements Mergeable<Equal> {

        /** [annotators] */
        public final long[] labels;

        Equal(Dimensions dimensions) {
            labels = new long[dimensions.annotatorCount()];
        }

        @Override
        public void add(Equal other) {
            Mergeable.add(labels, other.labels);
        }
    }
}
