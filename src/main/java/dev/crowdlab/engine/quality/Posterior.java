package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import java.io.Serializable;
import java.util.Arrays;

/** How probable each class is for an example. Implementations are immutable; safe for use by many threads. */
public interface Posterior extends Serializable {

    /** Posteriors closer than this count as equal: rounding in another order of summation stays far below it. */
    double SHARED_WITHIN = 1e-12;

    /**
     * Computes the posterior of one example.
     *
     * @param posterior [classes] written into: each in [0, 1], their sum 1, up to rounding and that of predictions
     */
    void fill(Block block, int example, double[] posterior);

    /**
     * Returns true only if the class is the most probable one for the example and no other comes close, {@link
     * #SHARED_WITHIN}, and this can be decided without the whole posterior, as it mostly can for the majority vote.
     *
     * @param memory [classes] written into
     */
    default boolean isClearlyBest(Block block, int example, int label, double[] memory) {
        return false;
    }

    /**
     * CROWDLAB's: the weighted ensemble of models and annotators. For example i and class k
     *
     * <pre>
     *   q_i[k] = ( sum_r W_r p_ri[k] + sum_{m on i} w_m (L if m gave k, else L') ) / ( sum_r W_r + sum_{m on i} w_m )
     * </pre>
     *
     * computed as {@code (sum_r W_r p_ri[k] + L' sum_m w_m + (L - L') sum_{m gave k} w_m) / (sum_r W_r + sum_m w_m)},
     * models in model order, annotators in annotator order. Source: arXiv 2210.06812, section 3.
     *
     * @param weights what the models and annotators weigh
     * @param modelWeightSum sum of the models' weights
     */
    record Weighted(Weights weights, double modelWeightSum) implements Posterior {

        public Weighted(Weights weights) {
            this(weights, weights.modelWeightSum());
        }

        @Override
        public void fill(Block block, int example, double[] posterior) {
            double annotatorWeightSum = fillWeights(block.annotations(), example, posterior);
            double base = weights.otherLikelihood() * annotatorWeightSum;
            double gain = weights.likelihood() - weights.otherLikelihood();
            double total = modelWeightSum + annotatorWeightSum;
            for (int label = 0; label < posterior.length; label++) {
                double models = block.predictions().weighted(weights.modelWeights(), example, label);
                posterior[label] = (models + base + gain * posterior[label]) / total;
            }
        }

        /** Skips the division, whose rounding (1e-16) does not matter here; makes the calling pass a quarter faster. */
        @Override
        public boolean isClearlyBest(Block block, int example, int label, double[] memory) {
            double annotatorWeightSum = fillWeights(block.annotations(), example, memory);
            double gain = weights.likelihood() - weights.otherLikelihood();
            double distance = 2 * SHARED_WITHIN * (modelWeightSum + annotatorWeightSum);
            double models = block.predictions().weighted(weights.modelWeights(), example, label);
            double threshold = models + gain * memory[label] - distance;
            int count = 0;
            for (int other = 0; other < memory.length; other++) {
                double others = block.predictions().weighted(weights.modelWeights(), example, other);
                count += others + gain * memory[other] >= threshold ? 1 : 0;
            }
            return count == 1;
        }

        /** Sums the weights of the example's annotators by the class they gave; returns the sum of all. */
        private double fillWeights(Annotations annotations, int example, double[] weightsByClass) {
            double[] annotatorWeights = weights.annotatorWeights();
            double sum = 0;
            Arrays.fill(weightsByClass, 0);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                double weight = annotatorWeights[annotations.annotator(position)];
                sum += weight;
                weightsByClass[annotations.label(position)] += weight;
            }
            return sum;
        }
    }

    /** The share of the example's annotations, for quality by agreement alone. */
    record VoteShares() implements Posterior {

        @Override
        public void fill(Block block, int example, double[] posterior) {
            Annotations annotations = block.annotations();
            int size = annotations.size(example);
            Arrays.fill(posterior, 0);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                posterior[annotations.label(position)] += 1;
            }
            for (int label = 0; label < posterior.length; label++) {
                posterior[label] /= size;
            }
        }
    }

    /** The mean of the models' probabilities, where no example has a second annotation to weigh anybody by. */
    record MeanPrediction() implements Posterior {

        @Override
        public void fill(Block block, int example, double[] posterior) {
            for (int label = 0; label < posterior.length; label++) {
                posterior[label] = block.predictions().mean(example, label);
            }
        }
    }
}
