package dev.crowdlab.engine;

import java.util.Optional;

/**
 * What is known of every annotator, one column each. An annotator without labels has a label count of 0, the worst class
 * -1, and NaN everywhere else but in the imputed agreement. Immutable; safe for use by many threads.
 */
public final class AnnotatorStatistics {

    private final double[] qualities;
    private final double[] consensusAgreements;
    private final int[] worstClasses;
    private final VoteStatistics votes;
    private final MutualAgreement mutual;
    private final Weights weights;

    AnnotatorStatistics(VoteStatistics votes, MutualAgreement mutual, Weights weights, ScoreStatistics scores) {
        this.votes = votes;
        this.mutual = mutual;
        this.weights = weights;
        int annotatorCount = mutual.annotatorCount();
        consensusAgreements = new double[annotatorCount];
        worstClasses = new int[annotatorCount];
        GivenClassSums sums = new GivenClassSums(scores.confusion.classCount());
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            sums.clear();
            scores.confusion.addTo(annotator, sums);
            worstClasses[annotator] = sums.worstClass();
            consensusAgreements[annotator] = (double) sums.agreeingCount() / votes.labelCounts[annotator];
        }
        qualities = votes.multiExampleCount() == 0 ? meanQualities(scores) : mixedQualities(scores);
    }

    /** Returns the means of the annotation qualities: all there is where nobody labelled what another labelled. */
    private double[] meanQualities(ScoreStatistics scores) {
        double[] means = new double[votes.labelCounts.length];
        for (int annotator = 0; annotator < means.length; annotator++) {
            means[annotator] = scores.meanAnnotationQuality(annotator, votes.labelCounts[annotator]);
        }
        return means;
    }

    /** Returns u × mean annotation quality + (1 - u) × agreement with the consensus where others labelled too. */
    private double[] mixedQualities(ScoreStatistics scores) {
        double posteriorShare = weights.posteriorShare(votes);
        double[] mixed = meanQualities(scores);
        for (int annotator = 0; annotator < mixed.length; annotator++) {
            double agreement = (double) scores.multiAgreeing[annotator] / scores.multiLabels[annotator];
            double quality = posteriorShare * mixed[annotator] + (1 - posteriorShare) * agreement;
            mixed[annotator] = Math.max(0, Math.min(1, quality));
        }
        return mixed;
    }

    /** Returns the number of annotators. */
    public int annotatorCount() {
        return qualities.length;
    }

    /** Returns the annotator's quality, in [0, 1]; NaN if undefined, see {@link #qualityReason}. */
    public double quality(int annotator) {
        return qualities[annotator];
    }

    /** Returns why the annotator has no quality; empty if it has one. */
    public Optional<QualityReason> qualityReason(int annotator) {
        return Double.isNaN(qualities[annotator])
                ? Optional.of(QualityReason.NO_MULTI_ANNOTATED_EXAMPLE)
                : Optional.empty();
    }

    /** Returns the share of all the annotator's labels that are equal to the published consensus. */
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
        return (int) votes.labelCounts[annotator];
    }

    /** Returns the annotator's weight, at least 1e-6; NaN if the method has no weights. */
    public double weight(int annotator) {
        return weights.annotatorWeights()[annotator];
    }

    /** Returns s_m, how often the annotator's labels equal others' labels of the same examples; NaN if nobody has one. */
    public double agreementWithAnnotators(int annotator) {
        return mutual.agreement(annotator);
    }

    /** Returns whether the agreement with the others is the mean over those who have one, for want of an own. */
    public boolean agreementImputed(int annotator) {
        return mutual.isImputed(annotator) && !Double.isNaN(mutual.agreement(annotator));
    }
}
