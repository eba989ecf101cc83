package dev.crowdlab.engine;

import dev.crowdlab.engine.annotator.AnnotationScorePass;
import dev.crowdlab.engine.annotator.MissingQualityReason;
import dev.crowdlab.engine.annotator.TiedQualityPass;
import dev.crowdlab.engine.annotator.WorstClasses;
import dev.crowdlab.engine.committee.AnnotatorAccuracies;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.quality.Interval;
import dev.crowdlab.engine.quality.Weights;
import dev.crowdlab.engine.quality.WilsonInterval;
import dev.crowdlab.engine.vote.MutualAgreement;
import dev.crowdlab.engine.vote.Vote;
import dev.crowdlab.engine.vote.Votes;
import java.util.Optional;

/**
 * The statistics of every annotator, one column each; annotators are numbered as in the input, and a number out of
 * range is an {@link IndexOutOfBoundsException}. An annotator without labels has a label count of 0, the worst class
 * -1, an imputed agreement with the others, and NaN for the rest. Immutable; safe for use by many threads.
 */
public final class AnnotatorStatistics {

    private final double[] qualities;
    private final double[] consensusAgreements;
    private final int[] worstClasses;
    private final Votes votes;
    private final MutualAgreement mutualAgreement;
    private final Weights weights;
    private final Optional<AnnotatorAccuracies> accuracies;
    /** [annotators]; empty without models. */
    private final double[] modelAgreements;

    /**
     * Computes what follows from counts over all examples.
     *
     * @param vote counts of votes
     * @param choice what annotators weigh, and what their quality comes from
     * @param scores sums of scores
     * @param classes what annotators are worst at
     * @param tied what decides between those classes
     */
    AnnotatorStatistics(
            Vote vote,
            ConsensusChoice choice,
            AnnotationScorePass.Scores scores,
            WorstClasses classes,
            TiedQualityPass.Qualities tied) {
        this.votes = vote.counts();
        this.mutualAgreement = vote.mutualAgreement();
        this.weights = choice.weights();
        accuracies = choice.committee().flatMap(CommitteeEstimates::annotators);
        modelAgreements = new double[0];
        consensusAgreements = new double[votes.annotatorCount()];
        worstClasses = new int[votes.annotatorCount()];
        for (int annotator = 0; annotator < worstClasses.length; annotator++) {
            worstClasses[annotator] = classes.worstClass(annotator, tied);
            consensusAgreements[annotator] = (double) classes.agreeingCount(annotator) / votes.labelCount(annotator);
        }
        qualities = new double[votes.annotatorCount()];
        if (accuracies.isPresent()) {
            fillAccuracies(accuracies.get());
        } else if (vote.isSingleAnnotationOnly()) {
            fillMeanQualities(scores);
        } else {
            fillMixedQualities(scores, classes, choice.posteriorShare());
        }
    }

    /** The mean of the annotation qualities: the only statistic if no example has two annotators. */
    private void fillMeanQualities(AnnotationScorePass.Scores scores) {
        for (int annotator = 0; annotator < qualities.length; annotator++) {
            qualities[annotator] = scores.meanAnnotationQuality(annotator, votes.labelCount(annotator));
        }
    }

    private void fillAccuracies(AnnotatorAccuracies ofAll) {
        for (int annotator = 0; annotator < qualities.length; annotator++) {
            qualities[annotator] = votes.labelCount(annotator) == 0 ? Double.NaN : ofAll.mean(annotator);
        }
    }

    /** u × mean annotation quality + (1 - u) × agreement with the consensus where others labeled too. */
    private void fillMixedQualities(AnnotationScorePass.Scores scores, WorstClasses classes, double posteriorShare) {
        for (int annotator = 0; annotator < qualities.length; annotator++) {
            long labelCount = votes.labelCount(annotator);
            double mean = scores.meanAnnotationQuality(annotator, labelCount);
            double agreement = scores.multiAgreement(annotator, labelCount, classes.agreeingCount(annotator));
            double quality = posteriorShare * mean + (1 - posteriorShare) * agreement;
            qualities[annotator] = Math.max(0, Math.min(1, quality));
        }
    }

    private AnnotatorStatistics(AnnotatorStatistics other, double[] modelAgreements) {
        qualities = other.qualities;
        consensusAgreements = other.consensusAgreements;
        worstClasses = other.worstClasses;
        votes = other.votes;
        mutualAgreement = other.mutualAgreement;
        weights = other.weights;
        accuracies = other.accuracies;
        this.modelAgreements = modelAgreements;
    }

    /** Returns these statistics with the share of each annotator's labels equal to the models'. */
    AnnotatorStatistics withModels(double[] agreements) {
        return new AnnotatorStatistics(this, agreements);
    }

    /** Returns the number of annotators, those without labels included. */
    public int annotatorCount() {
        return qualities.length;
    }

    /**
     * Returns the annotator's quality, in [0, 1]; NaN if undefined, see {@link #qualityReason}. It is
     *
     * <ul>
     *   <li>u × mean quality of the annotator's annotations + (1 - u) × share of its labels equal to the consensus,
     *       over the examples that others labeled too, where u = W / (W + A), W is the mean weight of the models, and A
     *       the sum of the annotators' weights × mean number of annotations of an example / number of annotators;
     *   <li>that share alone if quality is by agreement or there are no models: u is 0;
     *   <li>the mean quality of all the annotator's annotations, if others labeled some of the examples, under {@link
     *       DawidSkene}: u is 1;
     *   <li>under {@link Committee} the mean of the annotator's accuracy, see {@link AnnotatorAccuracies};
     *   <li>the mean quality of the annotator's annotations if no example has a second annotation.
     * </ul>
     *
     * <p>Source: CROWDLAB, arXiv 2210.06812, as cleanlab 2.9.0 computes it.
     */
    public double quality(int annotator) {
        return qualities[annotator];
    }

    /**
     * Returns how sure the quality is, NaN at both ends if it is undefined: by Wilson's formula for as many labels as
     * the annotator gave; with {@link Committee} also for how far its estimates may be off.
     */
    public Interval qualityInterval(int annotator) {
        if (accuracies.isPresent() && !Double.isNaN(qualities[annotator])) {
            return accuracies.get().interval(annotator);
        }
        WilsonInterval interval = WilsonInterval.of(qualities[annotator], votes.labelCount(annotator));
        return new Interval(interval.lower(), interval.upper());
    }

    /**
     * Returns the share of the annotator's labels equal to {@link Analysis#modelLabel}, in [0, 1]; NaN without models.
     */
    public double agreementWithModel(int annotator) {
        return modelAgreements.length == 0 ? Double.NaN : modelAgreements[annotator];
    }

    /** Returns why the annotator has no quality; empty if it has one. */
    public Optional<MissingQualityReason> qualityReason(int annotator) {
        return Double.isNaN(qualities[annotator])
                ? Optional.of(MissingQualityReason.NO_MULTI_ANNOTATED_EXAMPLE)
                : Optional.empty();
    }

    /** Returns the share of all the annotator's labels that are equal to the published consensus, in [0, 1]. */
    public double agreementWithConsensus(int annotator) {
        return consensusAgreements[annotator];
    }

    /**
     * Returns the class the annotator is worst at: of those it gave, that with the lowest share equal to the consensus;
     * ties go to most labels, then the highest mean consensus quality, then the lowest index.
     */
    public int worstClass(int annotator) {
        return worstClasses[annotator];
    }

    /** Returns how many labels the annotator gave. */
    public int labelCount(int annotator) {
        return (int) votes.labelCount(annotator);
    }

    /** Returns w_m, the annotator's weight, from 1e-6 to 1; NaN if the method has no weights. */
    public double weight(int annotator) {
        return weights.annotatorWeights()[annotator];
    }

    /**
     * Returns s_m, how often the annotator's labels equal others' labels of the same examples, in [0, 1]; NaN if no
     * example has two labels.
     */
    public double agreementWithAnnotators(int annotator) {
        return mutualAgreement.agreement(annotator);
    }

    /** Returns whether the agreement with the others is the mean over those who have one, for want of an own. */
    public boolean agreementImputed(int annotator) {
        return mutualAgreement.isImputed(annotator) && !Double.isNaN(mutualAgreement.agreement(annotator));
    }
}
