package dev.crowdlab.engine;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.engine.calibration.Calibration;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.Weights;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * ActiveLab: how little another label of an example is needed, for labeled and unlabeled examples on the same scale.
 * The example with the lowest score should be labeled next. With Q_i the quality of the consensus, w_m the annotators'
 * weights, w their mean, W_r the models' weights, S their sum and K classes,
 * <pre>
 *   labeled:               (Q_i (sum_{m on i} w_m + S) + w / K) / (sum_{m on i} w_m + S + w)
 *   unlabeled, one model:  (max_k p[k] W + w / K) / (W + w)
 *   unlabeled, several:    mix[l],  mix = (sum_r W_r p_r + w / K) / (S + w),  l the class most models prefer, ties by mean
 * </pre>
 *
 * <p>Predictions are always calibrated, with temperatures fitted to the labeled examples; quality and weights are those
 * of CROWDLAB with its best-quality consensus and self-confidence. If every labeled example has one annotation nothing
 * is calibrated, all weights are 1 and Q_i is the models' mean probability of the label; without labeled examples all
 * weights are 1. Source: Goh, Mueller, arXiv 2301.11856; cleanlab 2.9.0 with votes counted on their own class.
 */
public final class ActiveLab {

    private static final ConsensusMethod METHOD = ConsensusMethod.BEST_QUALITY;

    private ActiveLab() {}

    /**
     * Scores examples in memory. Safe for use by many threads; starts {@link Options#threads} threads of its own and
     * ends them. Holds a calibrated copy of the predictions for the labeled examples while it works.
     *
     * @param annotations labels of the labeled examples, possibly of none; not modified
     * @param labeled probabilities for the labeled examples, of at least one model; not modified
     * @param unlabeled probabilities for the unlabeled examples, of the same models; not modified. Where there is no
     *     example, labeled or unlabeled, {@link Predictions#none} will do
     * @param options threads and block size; the rest is ActiveLab's own
     * @throws UnusableInputException if there are fewer than two classes or more than 32,767, or no model
     * @throws IllegalArgumentException if examples, classes or models do not match
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it stays so
     */
    public static ActiveLabScores score(
            Annotations annotations, Predictions labeled, Predictions unlabeled, Options options) {
        requireNonNull(options, "options");
        Crowdlab.checkInput(annotations, labeled);
        Predictions known = labeled.ifAny(unlabeled.modelCount());
        Predictions pool = unlabeled.ifAny(labeled.modelCount());
        checkModels(known, pool);
        Slice slice = new Slice(annotations, known);
        try (LocalPassRunner passes = new LocalPassRunner(slice, options.threads(), options.blockSize())) {
            LocalPassRunner unlabeledPasses = passes.on(new Slice(Annotations.none(pool.classCount()), pool));
            score(passes, unlabeledPasses);
            return new ActiveLabScores(
                    passes.slice().get(Column.ACTIVE_LEARNING),
                    unlabeledPasses.slice().get(Column.ACTIVE_LEARNING));
        }
    }

    /**
     * Scores the examples of two runners: afterwards their slices have {@link Column#ACTIVE_LEARNING}, and the
     * predictions of the labeled ones are calibrated.
     *
     * @param labeled over the labeled examples, possibly none
     * @param unlabeled over the unlabeled examples, possibly none, of the same classes and models
     * @throws UnusableInputException if there are fewer than two classes or more than 32,767, or more than
     *     2,147,483,647 annotations
     */
    public static void score(AnalysisRunner labeled, PassRunner unlabeled) {
        Crowdlab.checkDimensions(labeled.dimensions());
        Options options = Options.defaults().withConsensus(METHOD);
        if (labeled.dimensions().largestSize() < 2) {
            Crowdlab.consensusWeights(labeled, options);
            score(labeled, unlabeled, Weights.equal(labeled.dimensions()), null);
        } else {
            Calibration calibration = Crowdlab.calibrate(labeled);
            score(labeled, unlabeled, Crowdlab.consensusWeights(labeled, options), calibration);
        }
    }

    private static void score(
            PassRunner labeled, PassRunner unlabeled, Weights weights, @Nullable Calibration calibration) {
        labeled.run("labeledScores", new LabeledScorePass(weights, Column.quality(METHOD)));
        unlabeled.run("unlabeledScores", new UnlabeledScorePass(weights, calibration));
    }

    private static void checkModels(Predictions labeled, Predictions unlabeled) {
        if (labeled.modelCount() == 0) {
            throw new UnusableInputException(
                    "There are no predictions; ActiveLab scores examples with the models' help.");
        }
        if (labeled.modelCount() != unlabeled.modelCount() || labeled.classCount() != unlabeled.classCount()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "labeled examples have %d models and %d classes, unlabeled ones %d and %d; they must be the same",
                    labeled.modelCount(),
                    labeled.classCount(),
                    unlabeled.modelCount(),
                    unlabeled.classCount()));
        }
    }
}
