package dev.crowdlab.engine;

import dev.crowdlab.engine.calibration.Calibration;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.Weights;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scores unlabeled examples by the formula of {@link ActiveLab}. Calibrates them block by block, so that there is never
 * a second copy of all their predictions.
 */
final class UnlabeledScorePass implements Pass<Mergeable.None> {

    private final Weights weights;
    private final @Nullable Calibration calibration;
    private final double meanAnnotatorWeight;
    private final double modelWeightSum;

    /**
     * Prepares the pass.
     *
     * @param weights of annotators and models
     * @param calibration of the models; null: predictions are taken as they are
     */
    UnlabeledScorePass(Weights weights, @Nullable Calibration calibration) {
        this.weights = weights;
        this.calibration = calibration;
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
        double[] scores = block.output().get(Column.ACTIVE_LEARNING);
        Predictions predictions = calibration == null ? block.predictions() : calibration.apply(block);
        int shift = calibration == null ? 0 : block.from();
        int[] preferences = new int[predictions.classCount()];
        double share = meanAnnotatorWeight / predictions.classCount();
        for (int example = block.from(); example < block.to(); example++) {
            int label = preferred(predictions, example - shift, preferences);
            double known = predictions.weighted(weights.modelWeights(), example - shift, label);
            scores[example] = Math.max(0, Math.min(1, (known + share) / (modelWeightSum + meanAnnotatorWeight)));
        }
    }

    /** Returns the class that most models find most probable; ties go to the highest mean, then the lowest index. */
    private static int preferred(Predictions predictions, int example, int[] preferences) {
        if (predictions.modelCount() == 1) {
            return predictions.mostProbable(0, example);
        }
        Arrays.fill(preferences, 0);
        for (int model = 0; model < predictions.modelCount(); model++) {
            preferences[predictions.mostProbable(model, example)] += 1;
        }
        int best = 0;
        for (int label = 1; label < preferences.length; label++) {
            boolean isMore = preferences[label] > preferences[best];
            boolean isEqual = preferences[label] == preferences[best];
            if (isMore || (isEqual && predictions.mean(example, label) > predictions.mean(example, best))) {
                best = label;
            }
        }
        return best;
    }
}
