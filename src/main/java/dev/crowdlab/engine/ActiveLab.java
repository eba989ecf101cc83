package dev.crowdlab.engine;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * ActiveLab: how little another label of an example is needed, labeled examples and unlabeled ones on one scale. The
 * lowest score is the example to label next. With Q_i the quality of the consensus, w_m the annotators' weights, w their
 * mean, W_r the models' weights, S their sum and K classes,
 *
 * <pre>
 *   labeled:               (Q_i (sum_{m on i} w_m + S) + w / K) / (sum_{m on i} w_m + S + w)
 *   unlabeled, one model:  (max_k p[k] W + w / K) / (W + w)
 *   unlabeled, several:    mix[l],  mix = (sum_r W_r p_r + w / K) / (S + w),  l the class most models prefer, ties by mean
 * </pre>
 *
 * <p>Predictions are always calibrated, by temperatures that the labeled examples yield; quality and weights are
 * CROWDLAB's with its best-quality consensus and self-confidence. Where every labeled example has one annotation nothing
 * is calibrated, all weights are 1 and Q_i is the models' mean probability of the label; without labeled examples all
 * weights are 1. Source: Goh, Mueller, arXiv 2301.11856; cleanlab 2.9.0 with votes counted on their own class.
 */
public final class ActiveLab {

    private final Annotations annotations;
    private final Weights weights;
    private final double meanAnnotatorWeight;
    private final double modelWeightSum;

    private ActiveLab(Annotations annotations, Weights weights) {
        this.annotations = annotations;
        this.weights = weights;
        meanAnnotatorWeight = weights.meanAnnotatorWeight();
        modelWeightSum = weights.modelWeightSum();
    }

    /**
     * Scores examples. Safe for use by many threads; starts {@link Options#threads} workers of its own and ends them.
     *
     * @param annotations labels of the labeled examples, possibly of none; not modified
     * @param labeled probabilities for the labeled examples, of at least one model; not modified
     * @param unlabeled probabilities for the unlabeled examples, of the same models; not modified. Where there is no
     *     example, labeled or unlabeled, {@link Predictions#none} will do
     * @param options threads and block size; the rest is ActiveLab's own
     * @throws UnusableInputException if there are fewer than two classes or more than 32,767, or no model
     * @throws IllegalArgumentException if examples, classes or models do not match
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static ActiveLabScores score(
            Annotations annotations, Predictions labeled, Predictions unlabeled, Options options) {
        return score(annotations, labeled, unlabeled, options, Calibration::apply);
    }

    /**
     * As {@link #score}, but calibrates where the predictions of the labeled examples are: their arrays hold calibrated ones
     * afterwards. For callers who need them no more, and not twice the memory.
     *
     * @param labeled probabilities for the labeled examples; modified
     */
    public static ActiveLabScores scoreInPlace(
            Annotations annotations, Predictions labeled, Predictions unlabeled, Options options) {
        return score(annotations, labeled, unlabeled, options, Calibration::applyInPlace);
    }

    private static ActiveLabScores score(
            Annotations annotations,
            Predictions labeled,
            Predictions unlabeled,
            Options options,
            Calibrating calibrating) {
        requireNonNull(options, "options");
        Crowdlab.checkInput(annotations, labeled);
        Predictions known = labeled.ifAny(unlabeled.modelCount());
        Predictions pool = unlabeled.ifAny(labeled.modelCount());
        checkModels(known, pool);
        try (PassRunner passes = new PassRunner(annotations, known, ownMethods(options))) {
            return score(annotations, known, pool, passes, calibrating);
        }
    }

    private static ActiveLabScores score(
            Annotations annotations,
            Predictions labeled,
            Predictions unlabeled,
            PassRunner passes,
            Calibrating calibrating) {
        PassRunner unlabeledPasses = passes.on(Annotations.none(unlabeled.classCount()), unlabeled);
        if (annotations.largestSize() < 2) {
            Weights weights = Weights.equal(Dimensions.of(annotations, labeled));
            Consensus consensus = Crowdlab.consensus(annotations, labeled, passes.options(), passes)
                    .consensus();
            ActiveLab scoring = new ActiveLab(annotations, weights);
            return new ActiveLabScores(
                    scoring.labeled(consensus, passes), scoring.unlabeled(ActiveLab::given, unlabeledPasses));
        }
        Calibration calibration = Calibration.of(labeled, passes);
        Predictions calibrated = calibrating.apply(calibration, labeled, passes);
        Crowdlab.Scored crowdlab =
                Crowdlab.consensus(annotations, calibrated, passes.options(), passes.on(annotations, calibrated));
        ActiveLab scoring = new ActiveLab(annotations, crowdlab.weights());
        return new ActiveLabScores(
                scoring.labeled(crowdlab.consensus(), passes), scoring.unlabeled(calibration::apply, unlabeledPasses));
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

    private static Options ownMethods(Options options) {
        return Options.defaults().withWorkers(options.threads(), options.blockSize());
    }

    private double[] labeled(Consensus consensus, PassRunner passes) {
        double[] scores = new double[annotations.exampleCount()];
        double[] annotatorWeights = weights.annotatorWeights();
        double share = meanAnnotatorWeight / annotations.classCount();
        passes.run("labeledScores", Mergeable.None::new, (block, nothing) -> {
            for (int example = block.from(); example < block.to(); example++) {
                double known = 0;
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    known += annotatorWeights[annotations.annotator(position)];
                }
                known += modelWeightSum;
                scores[example] = clamp((consensus.quality(example) * known + share) / (known + meanAnnotatorWeight));
            }
        });
        return scores;
    }

    private static Predictions given(Block block) {
        return block.predictions().slice(block.from(), block.to());
    }

    /** Scores the unlabeled examples; block by block, so that there is never a second copy of all their predictions. */
    private double[] unlabeled(Function<Block, Predictions> calibration, PassRunner passes) {
        double[] scores = new double[passes.exampleCount()];
        passes.run("unlabeledScores", Mergeable.None::new, (block, nothing) -> {
            Predictions predictions = calibration.apply(block);
            int[] preferences = new int[predictions.classCount()];
            double share = meanAnnotatorWeight / predictions.classCount();
            for (int example = 0; example < predictions.exampleCount(); example++) {
                int label = preferred(predictions, example, preferences);
                double known = predictions.weighted(weights.modelWeights(), example, label);
                scores[block.from() + example] = clamp((known + share) / (modelWeightSum + meanAnnotatorWeight));
            }
        });
        return scores;
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

    private static double clamp(double score) {
        return Math.max(0, Math.min(1, score));
    }

    /** Calibrates the predictions of a pass, there or in a copy. */
    private interface Calibrating {

        Predictions apply(Calibration calibration, Predictions predictions, PassRunner passes);
    }
}
