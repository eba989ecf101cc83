package dev.crowdlab.engine;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.engine.annotator.AnnotationScorePass;
import dev.crowdlab.engine.annotator.TiedQualityPass;
import dev.crowdlab.engine.calibration.Calibration;
import dev.crowdlab.engine.calibration.CalibrationPass;
import dev.crowdlab.engine.correction.GoldSource;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.engine.quality.BestQualityPass;
import dev.crowdlab.engine.quality.ConfidencePass;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.engine.quality.Weights;
import dev.crowdlab.engine.review.ReviewPass;
import dev.crowdlab.engine.vote.MajorityConsensusPass;
import dev.crowdlab.engine.vote.TiePass;
import dev.crowdlab.engine.vote.Vote;
import dev.crowdlab.engine.vote.VotePass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * CROWDLAB: one probability per example and class from annotators and models, each weighted by how far it can be
 * trusted. For example i and class k, with w_m the weight of annotator m and W_r that of model r,
 *
 * <pre>
 *              sum_r W_r p_ri[k]  +  sum_{m on i} w_m (L if m gave k, else (1 - L) / (K - 1))
 *   q_i[k] =  ------------------------------------------------------------------------------
 *                              sum_r W_r  +  sum_{m on i} w_m
 * </pre>
 *
 * <p>where L is the mean, over the examples with at least two annotations, of the share of their annotations that agree
 * with the consensus. Weights follow from how often annotators agree with each other and models with the consensus
 * ({@link Weights}); q_i is computed by {@link dev.crowdlab.engine.quality.Posterior}, and the consensus is the class with the highest q_i. It takes a pass over all examples for each of
 *
 * <ol>
 *   <li>the votes: majority wherever an example alone decides it, and counts ({@link VotePass});
 *   <li>the ties left, by those counts ({@link TiePass}); the majority vote yields the first weights;
 *   <li>the posterior under the first weights: its best class is the consensus, which yields the second weights
 *       ({@link BestQualityPass});
 *   <li>the posterior under the second weights: the quality of every consensus label and every annotation, and the sums
 *       that make the statistics of the annotators ({@link AnnotationScorePass}); once more over the annotations where
 *       two classes of an annotator are equally bad ({@link TiedQualityPass});
 *   <li>the consensus once more, without posteriors: how it compares with the votes ({@link ReviewPass});
 *   <li>the annotations once more, without the consensus: how far annotators agree with each other ({@link Agreement}).
 * </ol>
 *
 * <p>If the majority vote is the consensus, the third pass only compares it with the votes ({@link
 * MajorityConsensusPass}); an alternative consensus has a third and fourth of its own. Calibration adds three passes
 * before the first, two that fit the temperatures and one that applies them ({@link Calibration}); adjustment adds one
 * before the fourth, which finds how confident the posterior is of each class ({@link ConfidencePass}). A pass returns
 * counts or exact sums, and stores what it finds out about an example in the example's {@link Slice}; so the same input
 * gives the same bits regardless of threads, blocks and {@link PassRunner}. Source: Goh, Tkachenko, Mueller, arXiv
 * 2210.06812; floors, ties and shares as in cleanlab 2.9.0, except that class order replaces its random draw.
 */
public final class Crowdlab {

    /** The maximum number of classes: a class then fits into a short. */
    public static final int MAX_CLASSES = Short.MAX_VALUE;

    private final AnalysisRunner passes;
    private final Options options;
    private final GoldSource source;

    private Crowdlab(AnalysisRunner passes, Options options, GoldSource source) {
        this.passes = passes;
        this.options = options;
        this.source = source;
    }

    /**
     * Analyzes a data set in memory. Safe for use by many threads; starts {@link Options#threads} threads of its own
     * and ends them. Special cases:
     *
     * <ul>
     *   <li>Without models, quality is the annotators' agreement, whatever the options say, and the models' tie rule is
     *       skipped, so the consensus is the majority vote.
     *   <li>If no example has a second annotation, the consensus is the label given, and its quality the models' mean
     *       probability, whatever methods the options name.
     *   <li>Without models and without a second annotation, there is nothing from which to estimate quality.
     * </ul>
     *
     * @param annotations labels; not modified
     * @param predictions probabilities for the same examples and classes, of zero or more models; not modified
     * @param options methods, threads and block size
     * @throws UnusableInputException if there are fewer than two classes or more than 32,767, or neither a model nor an
     *     example with two annotations
     * @throws IllegalArgumentException if annotations and predictions differ in examples or classes
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it stays so
     */
    public static Analysis analyze(Annotations annotations, Predictions predictions, Options options) {
        requireNonNull(options, "options");
        checkInput(annotations, predictions);
        return analyze(new Slice(annotations, predictions), options);
    }

    /**
     * Analyzes a data set in memory as {@link #analyze(Annotations, Predictions, Options)} does.
     *
     * @param slice all examples; without {@link Column#EXAMPLE_KEY} their numbers are the keys; not modified
     * @param options methods, threads and block size
     * @throws UnusableInputException as there
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it stays so
     */
    public static Analysis analyze(Slice slice, Options options) {
        boolean needsKeys = options.consensusMethods().contains(ConsensusMethod.COMMITTEE)
                && slice.predictions().modelCount() > 0
                && !slice.has(Column.EXAMPLE_KEY);
        Slice keyed = needsKeys ? slice.with(Column.EXAMPLE_KEY, numbers(slice)) : slice;
        try (LocalPassRunner passes = new LocalPassRunner(keyed, options.threads(), options.blockSize())) {
            Estimates estimates = estimate(passes, options);
            return new Analysis(estimates, passes.slice(), options);
        }
    }

    /**
     * Analyzes the data set of a runner, with the special cases of {@link #analyze}. Afterwards its slices have the
     * columns {@link Column#MAJORITY} and {@link Column#ANNOTATION_QUALITY}, and for each method {@link
     * Column#consensus} and {@link Column#quality}; their predictions are calibrated if that was asked for.
     *
     * @param passes over the examples; used by this thread alone
     * @param options methods; threads and block size are up to the runner
     * @throws UnusableInputException as {@link #analyze}, and if there are more than 2,147,483,647 annotations
     * @throws java.util.concurrent.CancellationException if this thread is interrupted; it stays so
     */
    public static Estimates estimate(AnalysisRunner passes, Options options) {
        return estimate(passes, options, GoldSource.ANNOTATIONS);
    }

    /** Analyzes the data set of a runner, where gold that is to correct has another source. */
    static Estimates estimate(AnalysisRunner passes, Options options, GoldSource source) {
        Dimensions dimensions = passes.dimensions();
        checkDimensions(dimensions);
        boolean hasModels = dimensions.modelCount() > 0;
        Options methods = hasModels ? options : options.withQuality(QualityMethod.AGREEMENT);
        double[] temperatures = new double[dimensions.modelCount()];
        Arrays.fill(temperatures, Double.NaN);
        if (options.calibratePredictions()) {
            temperatures = calibrate(passes).temperatures();
        }
        return new Crowdlab(passes, methods, source).run(temperatures);
    }

    private static long[] numbers(Slice slice) {
        long[] numbers = new long[slice.exampleCount()];
        Arrays.setAll(numbers, example -> example);
        return numbers;
    }

    /** Fits temperatures and applies them to the predictions of the runner. */
    static Calibration calibrate(PassRunner passes) {
        Calibration calibration = Calibration.of(passes);
        passes.run("calibrate", new CalibrationPass(calibration));
        return calibration;
    }

    static void checkInput(Annotations annotations, Predictions predictions) {
        if (annotations.exampleCount() != predictions.exampleCount()
                || annotations.classCount() != predictions.classCount()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "annotations have %d examples and %d classes, predictions %d and %d; they must be the same",
                    annotations.exampleCount(),
                    annotations.classCount(),
                    predictions.exampleCount(),
                    predictions.classCount()));
        }
        checkDimensions(Dimensions.of(annotations, predictions));
    }

    static void checkDimensions(Dimensions dimensions) {
        int classCount = dimensions.classCount();
        if (classCount < 2) {
            throw new UnusableInputException((classCount == 1 ? "There is 1 class" : "There are 0 classes")
                    + "; with fewer than two there is nothing to decide. Name the classes, or wait for other labels.");
        }
        if (classCount > MAX_CLASSES) {
            throw new UnusableInputException("There are " + classCount + " classes; at most " + MAX_CLASSES
                    + " are taken. Does the label hold something else, a free text or an id?");
        }
        if (dimensions.annotationCount() > Integer.MAX_VALUE) {
            throw new UnusableInputException("There are " + dimensions.annotationCount() + " annotations; at most "
                    + Integer.MAX_VALUE + " are taken. Split the data set.");
        }
    }

    /** Finds the consensus of the first method alone and its quality; returns the weights of the scores. */
    static Weights consensusWeights(AnalysisRunner passes, Options options) {
        ConsensusMethod method = options.consensusMethods().get(0);
        ConsensusChoice choice = new ConsensusFinder(passes, options).choose(method, Vote.of(passes), true);
        new ConsensusScorer(passes, options).score(method, choice);
        return choice.weights();
    }

    private Estimates run(double[] temperatures) {
        if (options.gold() == GoldUse.ANCHOR) {
            ConsensusCorrector.checkDimensions(passes.dimensions());
        }
        GoldMeasurer measurer = new GoldMeasurer(passes, options);
        Optional<GoldMeasurer.Measured> before = options.gold() == GoldUse.FIX ? fix(measurer) : Optional.empty();
        Vote vote = vote();
        ConsensusFinder finder = new ConsensusFinder(passes, options);
        ConsensusScorer scorer = new ConsensusScorer(passes, options);
        List<ConsensusMethod> methods = options.consensusMethods();
        ConsensusMethod first = methods.get(0);
        ConsensusChoice choice = finder.choose(first, vote, true);
        if (options.gold() == GoldUse.ANCHOR) {
            List<Estimates.Scored> alternatives = alternatives(finder, scorer, vote);
            GoldMeasurer.Measured measured =
                    measurer.measure(vote, false); // what gold says of labels that are made without it
            ConsensusCorrector.Corrected corrected =
                    new ConsensusCorrector(passes, options, source).correct(choice, vote.counts());
            Estimates.Published published = scorer.publish(first, corrected.choice(), vote);
            GoldMeasurer.Measured after = measurer.afterGold(measured, vote, true);
            Estimates.Compared compared = scorer.compare(vote, after, Optional.of(corrected.correction()));
            return new Estimates(vote, published, all(published, alternatives), compared, temperatures);
        }
        Estimates.Published published = scorer.publish(first, choice, vote);
        List<Estimates.Scored> scored = all(published, alternatives(finder, scorer, vote));
        GoldMeasurer.Measured measured = before.map(found -> measurer.afterGold(found, vote, false))
                .orElseGet(() -> measurer.measure(vote, options.gold() == GoldUse.FIX));
        return new Estimates(vote, published, scored, scorer.compare(vote, measured, Optional.empty()), temperatures);
    }

    private Vote vote() {
        Vote vote = Vote.of(passes);
        if (vote.isSingleAnnotationOnly() && passes.dimensions().modelCount() == 0) {
            throw new UnusableInputException(
                    "No example has two annotations, and there are no predictions: nothing to estimate quality from.");
        }
        return vote;
    }

    /**
     * Fixes the consensus of the examples with gold to it.
     *
     * @return what gold says of the labels of all methods from before, which are made once more for that; empty if the caller has fixed
     *     them already
     */
    private Optional<GoldMeasurer.Measured> fix(GoldMeasurer measurer) {
        if (passes.run("lookForFixed", new FixedLabels.LookPass()).isAny()) {
            return Optional.empty();
        }
        Vote vote = vote();
        ConsensusFinder finder = new ConsensusFinder(passes, options);
        ConsensusScorer scorer = new ConsensusScorer(passes, options);
        options.consensusMethods().forEach(method -> scorer.score(method, finder.choose(method, vote, false)));
        GoldMeasurer.Measured measured = measurer.measure(vote, false);
        passes.run("fixGold", new FixedLabels.FixPass());
        return Optional.of(measured);
    }

    private List<Estimates.Scored> alternatives(ConsensusFinder finder, ConsensusScorer scorer, Vote vote) {
        List<ConsensusMethod> methods = options.consensusMethods();
        return methods.subList(1, methods.size()).stream()
                .map(method -> scorer.score(method, finder.choose(method, vote, false)))
                .toList();
    }

    private static List<Estimates.Scored> all(Estimates.Published published, List<Estimates.Scored> alternatives) {
        List<Estimates.Scored> all = new ArrayList<>(List.of(published.scored()));
        all.addAll(alternatives);
        return all;
    }
}
