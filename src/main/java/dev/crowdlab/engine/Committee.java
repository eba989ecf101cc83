package dev.crowdlab.engine;

import dev.crowdlab.engine.committee.AnnotatorAccuracies;
import dev.crowdlab.engine.committee.AnnotatorEffects;
import dev.crowdlab.engine.committee.ClassTerm;
import dev.crowdlab.engine.committee.CommitteeConsensusPass;
import dev.crowdlab.engine.committee.CommitteeRoundPass;
import dev.crowdlab.engine.committee.Expert;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.UnusableInputException;

/**
 * The committee: six models of how annotators err, each fitted to the data set, and weighted by how well it predicts
 * every annotation from the others of the same example. On public data sets with known labels its consensus is better
 * on average than each of nine known methods, and its probabilities are closer to the shares of right labels.
 *
 * <p>An {@link Expert} knows for every annotator m the matrix of how often m gives class l where class k is true. It
 * expects A_m[k, l] before it has seen labels, by its shape ({@link AnnotatorEffects}), which weighs as much as {@link
 * Expert#strength} labels of a class. For example i with n_i annotations, over its candidates k, the classes that an
 * annotator gave or a model finds most probable,
 *
 * <pre>
 *   pi_im[k] = (c_m[k, l_im] - q_i[k] + strength × A_m[k, l_im]) / (r_m[k] - q_i[k] + strength)
 *   q_i[k]   is proportional to  exp( t_i × sum over m on i of ln pi_im[k]  +  b[k]  +  sum over r of lambda_r ln p_ri[k] )
 * </pre>
 *
 * <p>where c_m[k, l] is the sum of q_i[k] over the examples that m gave l, and r_m[k] that over all of m: each without
 * the example itself, so that no annotator confirms their own label. t_i is 1 without models, and 1 / (1 + 0.05 (n_i -
 * 1)) with models, as annotations of one example err together. b and lambda are fitted ({@link ClassTerm}). Rounds go
 * on, from vote shares, until q changes by less than 0.001 per example in sum, 60 at most. Without models examples with
 * one annotation count for nobody.
 *
 * <p>The consensus is the candidate with the highest mean of q over the experts, weighted by exp(40 × score); of
 * several within 1e-9 the majority vote, or the first if that is not among them. For the probability that it is right q
 * is computed once more, over all classes and with t_i = 1 / (1 + 0.1 (n_i - 1)), since agreement of a few does not
 * exclude all else, and the logit of that times 0.34: a slope learned on data sets with known labels. Annotators'
 * accuracies follow from these probabilities ({@link AnnotatorAccuracies}).
 *
 * <p>Where annotators abstain ({@link Slice#answers}), abstaining is one more label l of every matrix and no class k: no candidate, and never
 * right. n_i counts abstentions, the quality of annotators does not.
 *
 * <p>With more than 64 classes the confusion of all annotators together is kept for the pairs of classes that occur,
 * and the classes that are no candidates are taken as one. Memory is 8 bytes per expert and candidate of a contested
 * example, and the parameters: about 130 bytes per cell of a matrix that is in use and thread. A round is a pass over
 * all examples ({@link CommitteeRoundPass}), with models two; sums are exact. Source: a study of our own on 24 data
 * sets, which page algorithms.md sums up.
 */
public final class Committee {

    /** How much of the logit of the open posterior's probability of the consensus is left in the probability that it is right. */
    public static final double CONFIDENCE_SLOPE = CommitteeConsensusPass.SLOPE;

    private Committee() {}

    /**
     * Finds the consensus of a data set in memory by this method alone: {@link Crowdlab#analyze} with {@link
     * ConsensusMethod#COMMITTEE}. {@link Analysis#committee} tells of the experts and how accurate the consensus is.
     *
     * @param annotations labels; not modified
     * @param predictions probabilities for the same examples and classes, of zero or more models, out of sample: from
     *     models that were not fitted to labels of the same examples; not modified
     * @param options threads and block size
     * @throws UnusableInputException if there are fewer than two classes or more than 32,767, or neither a model nor an
     *     example with two annotations
     * @throws IllegalArgumentException if annotations and predictions differ in examples or classes
     * @throws java.util.concurrent.CancellationException if the calling thread is interrupted; it stays so
     */
    public static Analysis analyze(Annotations annotations, Predictions predictions, Options options) {
        return Crowdlab.analyze(annotations, predictions, options.withConsensus(ConsensusMethod.COMMITTEE));
    }
}
