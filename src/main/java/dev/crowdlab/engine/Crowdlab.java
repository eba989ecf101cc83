package dev.crowdlab.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * CROWDLAB: one probability per example and class from annotators and models, each weighted by how far it is to be
 * trusted. For example i and class k, with w_m the weight of annotator m and W_r that of model r,
 *
 * <pre>
 *              sum_r W_r p_ri[k]  +  sum_{m on i} w_m (L if m gave k, else (1 - L) / (K - 1))
 *   q_i[k] =  ------------------------------------------------------------------------------
 *                              sum_r W_r  +  sum_{m on i} w_m
 * </pre>
 *
 * <p>where L is the share of annotations that agree with the consensus. Weights follow from how often annotators agree
 * with each other and models with the consensus ({@link Weights}), and the consensus is the class with the highest q_i.
 * It takes a pass over all examples for each of
 *
 * <ol>
 *   <li>the votes: majority wherever an example alone decides it, and counts ({@link VotePass});
 *   <li>the ties left, by those counts ({@link TiePass}); the majority vote yields the first weights;
 *   <li>the posterior under the first weights: its best class is the consensus, which yields the second weights
 *       ({@link BestQualityPass});
 *   <li>the posterior under the second weights: the quality of every consensus label and every annotation, and the sums
 *       that make the statistics of the annotators ({@link AnnotationScorePass}); once more over the annotations where two
 *       classes of an annotator are equally bad ({@link TiedQualities});
 *   <li>the consensus once more, without posteriors: how it compares with the votes ({@link ReviewPass}).
 * </ol>
 *
 * <p>The majority vote as consensus does without the third pass; an alternative consensus has a third and fourth of its
 * own. Calibration adds three passes before the first, two that fit the temperatures and one that applies them ({@link
 * Calibration}); adjustment adds one before the fourth, which finds how confident the posterior is of each class ({@link
 * ConfidencePass}). What one pass hands to the next are counts or exact sums, so the same input gives the same bits whatever
 * the threads and blocks. Source: Goh, Tkachenko, Mueller, arXiv 2210.06812; floors, ties and shares as in cleanlab 2.9.0,
 * but for its draw at random, which class order replaces.
 */
public final class Crowdlab {

    /** Labels of more classes than this are no classes; a label then fits into a short. */
    public static final int MAX_CLASSES = Short.MAX_VALUE;

    private final Annotations annotations;
    private final Options options;
    private final Dimensions shape;
    private final PassRunner passes;

    private Crowdlab(Annotations annotations, Predictions predictions, Options options, PassRunner passes) {
        this.annotations = annotations;
        this.options = options;
        this.shape = Dimensions.of(annotations, predictions);
        this.passes = passes;
    }

    /**
     * Analyses a data set. Safe for use by many threads; starts {@link Options#threads} workers of its own and ends
     * them.
     *
     * <p>Without models the quality method is agreement, whatever was asked for, and the tie rule of the model is
     * skipped, so that the consensus is the majority vote. Where no example has a second
     * annotation the consensus is the label given, and its quality the models' mean probability, whatever the methods
     * asked for.
     *
     * @param annotations labels; not modified
     * @param predictions probabilities for the same examples and classes, of zero or more models; not modified
     * @param options methods, threads and block size
     * @throws UnusableInputException if there are fewer than two classes or more than 32,767, or neither a model nor an
     *     example with two annotations
     * @throws IllegalArgumentException if annotations and predictions differ in examples or classes
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted
     */
    public static Analysis analyze(Annotations annotations, Predictions predictions, Options options) {
        requireNonNull(options, "options");
        checkInput(annotations, predictions);
        boolean hasModels = predictions.modelCount() > 0;
        Options methods = hasModels ? options : options.withQuality(QualityMethod.AGREEMENT);
        try (PassRunner passes = new PassRunner(annotations, predictions, options)) {
            if (!options.calibratePredictions()) {
                double[] none = new double[predictions.modelCount()];
                Arrays.fill(none, Double.NaN);
                return new Crowdlab(annotations, predictions, methods, passes).run(none);
            }
            Calibration calibration = Calibration.of(predictions, passes);
            Predictions calibrated = calibration.apply(predictions, passes);
            return new Crowdlab(annotations, calibrated, methods, passes.on(annotations, calibrated))
                    .run(calibration.temperatures());
        }
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
        if (annotations.classCount() < 2) {
            throw new UnusableInputException(
                    (annotations.classCount() == 1 ? "There is 1 class" : "There are 0 classes")
                            + "; with fewer than two there is nothing to decide.");
        }
        if (annotations.classCount() > MAX_CLASSES) {
            throw new UnusableInputException("There are " + annotations.classCount() + " classes; at most "
                    + MAX_CLASSES + " are taken. Does the label hold something else, a free text or an id?");
        }
    }

    /** Returns the consensus of the first method alone, and the weights of its scores. */
    static Scored consensus(Annotations annotations, Predictions predictions, Options options, PassRunner passes) {
        Crowdlab crowdlab = new Crowdlab(annotations, predictions, options, passes);
        Vote vote = crowdlab.vote();
        Choice choice = crowdlab.choose(options.consensusMethods().get(0), vote);
        return new Scored(crowdlab.score(choice, vote), choice.weights());
    }

    private Analysis run(double[] temperatures) {
        Vote vote = vote();
        if (vote.isSingleAnnotationOnly() && shape.modelCount() == 0) {
            throw new UnusableInputException(
                    "No example has two annotations, and there are no predictions: nothing to estimate quality from.");
        }
        List<ConsensusMethod> methods = options.consensusMethods();
        PublishedConsensus published = publish(choose(methods.get(0), vote), vote);
        List<Consensus> alternatives = new ArrayList<>();
        for (ConsensusMethod method : methods.subList(1, methods.size())) {
            alternatives.add(score(choose(method, vote), vote));
        }
        return new Analysis(vote, published, alternatives, review(published, vote), temperatures);
    }

    private ConsensusReview review(PublishedConsensus published, Vote vote) {
        ReviewPass pass = new ReviewPass(published.decisions(), vote.majority());
        return new ConsensusReview(
                vote.statistics(), passes.run("review", () -> new ReviewStatistics(shape), pass::collect));
    }

    private Vote vote() {
        ConsensusLabels majority = new ConsensusLabels(annotations.exampleCount());
        VoteStatistics statistics =
                passes.run("votes", () -> new VoteStatistics(shape), new VotePass(majority)::collect);
        TiePass ties = new TiePass(statistics, majority);
        statistics.majority.add(passes.run("ties", () -> new ConsensusStatistics(shape), ties::resolve));
        return new Vote(majority, statistics, new MutualAgreement(statistics));
    }

    private Choice choose(ConsensusMethod method, Vote vote) {
        Weights firstWeights = weights(vote.statistics().majority, vote);
        if (method == ConsensusMethod.MAJORITY_VOTE || vote.isSingleAnnotationOnly()) {
            return new Choice(method, vote.majority().withClearVotes(), firstWeights);
        }
        ConsensusLabels consensus = new ConsensusLabels(annotations.exampleCount());
        BestQualityPass pass = new BestQualityPass(posterior(firstWeights, vote), vote.majority(), consensus);
        ConsensusStatistics statistics = passes.run("bestQuality", () -> new ConsensusStatistics(shape), pass::choose);
        statistics.add(vote.statistics().majority);
        return new Choice(method, consensus, weights(statistics, vote));
    }

    private PublishedConsensus publish(Choice choice, Vote vote) {
        double[] qualities = new double[annotations.exampleCount()];
        double[] annotationQualities = new double[annotations.annotationCount()];
        AnnotationScorePass pass = new AnnotationScorePass(scorePass(choice, vote, qualities), annotationQualities);
        ConfusionLayout layout = new ConfusionLayout(vote.statistics(), shape.classCount());
        ScoreStatistics statistics =
                passes.run("annotationScores", () -> new ScoreStatistics(shape, layout), pass::score);
        ConfusionCounts confusion =
                measure("confusion", () -> new ConfusionCounts(statistics.confusion, annotations, choice.decisions()));
        WorstClasses classes = measure("worstClasses", () -> new WorstClasses(confusion));
        TiedQualities tied = classes.areTied()
                ? passes.run(
                        "tiedClasses",
                        () -> new TiedQualities(classes),
                        (block, sums) -> sums.collect(block, qualities))
                : new TiedQualities(classes);
        return new PublishedConsensus(
                choice,
                consensus(choice, qualities, statistics.consensusQuality),
                annotationQualities,
                measure(
                        "annotatorStatistics",
                        () -> new AnnotatorStatistics(vote, choice.weights(), statistics, classes, tied)),
                confusion);
    }

    /** What is computed from the counts of a pass takes long where annotators are many. */
    private <T> T measure(String phase, Supplier<T> work) {
        return PhaseEvent.measure(phase, annotations.exampleCount(), annotations.annotationCount(), work);
    }

    private Consensus score(Choice choice, Vote vote) {
        double[] qualities = new double[annotations.exampleCount()];
        ExactMean sum = passes.run("consensusScores", ExactMean::new, scorePass(choice, vote, qualities)::score);
        return consensus(choice, qualities, sum);
    }

    private ScorePass scorePass(Choice choice, Vote vote, double[] qualities) {
        Posterior posterior = posterior(choice.weights(), vote);
        ConfidenceAdjustment adjustment =
                options.adjustPredictions() ? adjustment(posterior, choice.decisions()) : null;
        LabelScoring scoring = new LabelScoring(posterior, options.labelQualityScore(), adjustment);
        return new ScorePass(scoring, choice.decisions(), qualities);
    }

    private ConfidenceAdjustment adjustment(Posterior posterior, ConsensusLabels decisions) {
        ConfidencePass pass = new ConfidencePass(posterior, decisions);
        return new ConfidenceAdjustment(passes.run("confidence", () -> new ConfidenceStatistics(shape), pass::collect));
    }

    private Consensus consensus(Choice choice, double[] qualities, ExactMean sum) {
        return new Consensus(choice.method(), annotations, choice.decisions(), qualities, sum.mean());
    }

    private Weights weights(ConsensusStatistics statistics, Vote vote) {
        if (vote.isSingleAnnotationOnly()) {
            return Weights.undefined(Double.NaN, shape);
        }
        return switch (options.qualityMethod()) {
            case CROWDLAB ->
                measure("weights", () -> Weights.of(vote.statistics(), vote.mutualAgreement(), statistics));
            case AGREEMENT -> Weights.undefined(statistics.likelihood(), shape);
        };
    }

    private Posterior posterior(Weights weights, Vote vote) {
        if (vote.isSingleAnnotationOnly()) {
            return new Posterior.MeanPrediction();
        }
        return switch (options.qualityMethod()) {
            case CROWDLAB -> new Posterior.Weighted(weights);
            case AGREEMENT -> new Posterior.VoteShares();
        };
    }

    /** What passes one and two found. */
    record Vote(ConsensusLabels majority, VoteStatistics statistics, MutualAgreement mutualAgreement) {

        boolean isSingleAnnotationOnly() {
            return statistics.multiExampleCount() == 0;
        }
    }

    /** A consensus with its quality, and the weights that its scores rest on. */
    record Scored(Consensus consensus, Weights weights) {}

    /** A consensus, and the weights that follow from it. */
    record Choice(ConsensusMethod method, ConsensusLabels decisions, Weights weights) {}
}
