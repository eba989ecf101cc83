package dev.crowdlab.engine;

/**
 * Dawid and Skene's method: every annotator has a matrix of probabilities, how often it gives which class where which is true, and
 * those that make the labels most probable are found by expectation and maximization. For example i and class k, with l_im the
 * label of annotator m,
 *
 * <pre>
 *   T_i[k]    is proportional to  p[k] × product over m on i of pi_m[k, l_im]              expectation
 *   pi_m[k,l] = (sum of T_i[k] over i that m gave l + s) / (sum of T_i[k] over i of m + K s)  maximization
 *   p[k]      = mean of T_i[k]
 * </pre>
 *
 * <p>from the vote shares as the first T, until the mean log-likelihood of an annotation changes by less than 1e-7 in a round, or for
 * 500 rounds. Smoothing is s = 0.01 in every cell, for the authors have none and so probabilities of 0, which rule a class out by one
 * label. Predictions are not used. The consensus is the class with the highest T_i; of several the
 * majority vote, or the first if that is not among them. The quality of a label is its T_i. This is no calibrated probability: as the method takes annotators' errors for independent, it is too
 * sure.
 *
 * <p>A round is one pass over all examples ({@link DawidSkenePass}) that counts posteriors in units of 2^-30, and stores nothing per
 * example. Memory is 16 bytes per annotator and pair of classes, and 8 more per thread. Source: Dawid and Skene, Maximum Likelihood
 * Estimation of Observer Error-Rates Using the EM Algorithm, Applied Statistics 28 (1979), pp. 20-28, section 3.
 */
public final class DawidSkene {

    private DawidSkene() {}

    /**
     * Finds the consensus of a data set in memory by this method alone: {@link Crowdlab#analyze} with {@link
     * ConsensusMethod#DAWID_SKENE}. {@link Analysis#dawidSkene} has the matrices.
     *
     * @param annotations labels; not modified
     * @param options threads and block size
     * @throws UnusableInputException if there are fewer than two classes, no example has two annotations, or annotators × classes²
     *     exceeds 50,000,000
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it stays so
     */
    public static Analysis analyze(Annotations annotations, Options options) {
        Predictions none = Predictions.none(annotations.exampleCount(), annotations.classCount());
        return Crowdlab.analyze(annotations, none, options.withConsensus(ConsensusMethod.DAWID_SKENE));
    }
}
