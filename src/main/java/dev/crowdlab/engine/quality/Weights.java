package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.vote.ConsensusStatistics;
import dev.crowdlab.engine.vote.MutualAgreement;
import dev.crowdlab.engine.vote.Votes;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How far annotators and models are trusted, given a consensus. Immutable.
 *
 * <p>With L the consensus likelihood, E the error of always choosing the most frequent consensus, s_m the agreement of
 * annotator m with the others and e_r the error of model r:
 *
 * <pre>
 *   w_m = max(1e-6, 1 - (1 - s_m) / E)
 *   W_r = max(1e-6, 1 - e_r / E) * sqrt(mean number of annotations of an example)
 * </pre>
 *
 * <p>Source: CROWDLAB, arXiv 2210.06812, section 3, with the floors of cleanlab 2.9.0.
 */
public final class Weights implements Serializable {

    /** The least E, and the least weight before the root. */
    static final double FLOOR = 1e-6;

    private final double likelihood;
    private final double otherLikelihood;
    private final double[] annotatorWeights;
    private final double[] modelWeights;

    private Weights(double likelihood, double[] annotatorWeights, double[] modelWeights, int classCount) {
        this.likelihood = likelihood;
        this.otherLikelihood = (1 - likelihood) / (classCount - 1);
        this.annotatorWeights = annotatorWeights;
        this.modelWeights = modelWeights;
    }

    /**
     * Computes the weights from counts over all examples.
     *
     * @param votes counts of votes
     * @param agreement s_m of every annotator
     * @param consensus counts against the consensus, of at least one example
     */
    public static Weights of(Votes votes, MutualAgreement agreement, ConsensusStatistics consensus) {
        double classError = Math.max(FLOOR, consensus.classError());
        double[] annotatorWeights = new double[agreement.annotatorCount()];
        for (int annotator = 0; annotator < annotatorWeights.length; annotator++) {
            double disagreement = 1 - agreement.agreement(annotator);
            annotatorWeights[annotator] =
                    votes.labelCount(annotator) == 0 ? Double.NaN : Math.max(FLOOR, 1 - disagreement / classError);
        }
        double[] modelWeights = new double[consensus.modelErrors.length];
        double scale = Math.sqrt(votes.meanSize());
        for (int model = 0; model < modelWeights.length; model++) {
            double error = (double) consensus.modelErrors[model] / consensus.exampleCount();
            modelWeights[model] = Math.max(FLOOR, 1 - error / classError) * scale;
        }
        return new Weights(consensus.likelihood(), annotatorWeights, modelWeights, consensus.examplesByClass.length);
    }

    /** Returns weights that are all NaN, for estimates that use none; the likelihood may be NaN too. */
    public static Weights undefined(double likelihood, Dimensions dimensions) {
        double[] annotatorWeights = new double[dimensions.annotatorCount()];
        double[] modelWeights = new double[dimensions.modelCount()];
        Arrays.fill(annotatorWeights, Double.NaN);
        Arrays.fill(modelWeights, Double.NaN);
        return new Weights(likelihood, annotatorWeights, modelWeights, dimensions.classCount());
    }

    /** Returns weights that are all 1, for when nothing distinguishes annotators and models. */
    public static Weights equal(Dimensions dimensions) {
        Weights weights = undefined(Double.NaN, dimensions);
        Arrays.fill(weights.annotatorWeights, 1);
        Arrays.fill(weights.modelWeights, 1);
        return weights;
    }

    /** Returns L, the probability that a label is equal to the consensus. */
    public double likelihood() {
        return likelihood;
    }

    /** Returns L' = (1 - L) / (K - 1), the probability of any one of the other classes. */
    double otherLikelihood() {
        return otherLikelihood;
    }

    /** Returns [annotators] weights, NaN for an annotator without labels; owned by this, not to be modified. */
    public double[] annotatorWeights() {
        return annotatorWeights;
    }

    /** Returns [models] weights; owned by this, not to be modified. */
    public double[] modelWeights() {
        return modelWeights;
    }

    /** Returns the sum of the models' weights, in model order; 0 without models. */
    public double modelWeightSum() {
        double sum = 0;
        for (double weight : modelWeights) {
            sum += weight;
        }
        return sum;
    }

    /**
     * Returns u, how much of an annotator's quality comes from the posterior instead of its bare agreement with the
     * consensus: the mean model weight W against the mean weight of an example's annotators, W / (W + (sum of all w_m)
     * mean(n_i) / M), M the annotators with labels. 0 without models, and where weights are undefined.
     *
     * @param votes the counts the weights were made from
     */
    public double posteriorShare(Votes votes) {
        double sum = 0;
        int annotatorCount = 0;
        for (double weight : annotatorWeights) {
            if (!Double.isNaN(weight)) {
                sum += weight;
                annotatorCount += 1;
            }
        }
        if (modelWeights.length == 0 || annotatorCount == 0) {
            return 0;
        }
        double modelWeight = modelWeightSum() / modelWeights.length;
        return modelWeight / (modelWeight + sum * votes.meanSize() / annotatorCount);
    }

    /** Returns the mean of the weights of the annotators with labels; 1 if there are none. */
    public double meanAnnotatorWeight() {
        double sum = 0;
        int count = 0;
        for (double weight : annotatorWeights) {
            if (!Double.isNaN(weight)) {
                sum += weight;
                count += 1;
            }
        }
        return count == 0 ? 1 : sum / count;
    }

    /** Returns how many annotators have the minimum weight. */
    public int flooredAnnotatorCount() {
        int count = 0;
        for (double weight : annotatorWeights) {
            count += weight <= FLOOR ? 1 : 0;
        }
        return count;
    }

    /**
     * Returns how many models have the minimum weight.
     *
     * @param votes the counts the weights were made from
     */
    public int flooredModelCount(Votes votes) {
        double least = FLOOR * Math.sqrt(votes.meanSize()); // as in of(), to the bit
        int count = 0;
        for (double weight : modelWeights) {
            count += weight <= least ? 1 : 0;
        }
        return count;
    }
}
