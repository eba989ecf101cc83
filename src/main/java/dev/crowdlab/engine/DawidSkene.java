package dev.crowdlab.engine;

import dev.crowdlab.engine.dawidskene.DawidSkenePass;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;

/**
 * Dawid and Skene's method: every annotator has a matrix of the probabilities of giving each class for each true class.
 * Expectation maximization finds the matrices that make the labels most probable. For example i and class k, with l_im
 * the label of annotator m,
 *
 * <pre>
 *   T_i[k]    is proportional to  p[k] × product over m on i of pi_m[k, l_im]              expectation
 *   pi_m[k,l] = (sum of T_i[k] over i that m gave l + s) / (sum of T_i[k] over i of m + K s)  maximization
 *   p[k]      = mean of T_i[k]
 * </pre>
 *
 * <p>from the vote shares as the first T, until the mean log-likelihood of an annotation changes by less than 1e-7 in a
 * round, or for 500 rounds. Smoothing is s = 0.01 in every cell; the authors have none, and therefore probabilities of
 * 0, with which a single label rules a class out. Predictions are not used. The consensus is the class with the highest
 * T_i; if several classes share it, the majority vote, or the first of them if that is not among them. The quality of a
 * label is its T_i. This is not a calibrated probability: the method assumes that annotators err independently, and is
 * therefore too sure.
 *
 * <p>Where annotators abstain ({@link Slice#answers}), abstaining is one more label l of every matrix, so that s counts for K + 1 labels,
 * and no class k.
 *
 * <p>A round is one pass over all examples ({@link DawidSkenePass}) that counts posteriors in units of 2^-30, and
 * stores nothing per example. Memory is 16 bytes per annotator and pair of classes, and 8 more per thread. Source:
 * Dawid and Skene, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied Statistics 28
 * (1979), pp. 20-28, section 3.
 */
public final class DawidSkene {

    private DawidSkene() {}

    /**
     * Finds the consensus of a data set in memory by this method alone: {@link Crowdlab#analyze} with {@link
     * ConsensusMethod#DAWID_SKENE}. {@link Analysis#dawidSkene} has the matrices.
     *
     * @param annotations labels; not modified
     * @param options threads and block size
     * @throws UnusableInputException if there are fewer than two classes, no example has two annotations, or annotators
     *     × classes² exceeds 50,000,000
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it stays so
     */
    public static Analysis analyze(Annotations annotations, Options options) {
        Predictions none = Predictions.none(annotations.exampleCount(), annotations.classCount());
        return Crowdlab.analyze(annotations, none, options.withConsensus(ConsensusMethod.DAWID_SKENE));
    }
}
