package dev.crowdlab.engine.quality;

/**
 * How the quality of a label is computed from a posterior P over K classes. Every score is in [0, 1], higher is better.
 * For a label l:
 * <pre>
 *   self_confidence              P[l]
 *   normalized_margin            (P[l] - max over k != l of P[k] + 1) / 2
 *   confidence_weighted_entropy  ln(x + 1) / max(x, 1e-6)  with  x = H / max(P[l], 1e-6)  and  H = -sum P ln P / ln K
 * </pre>
 *
 * <p>The entropy score of a posterior that is 1 for the label and 0 elsewhere is 0, as in the reference, cleanlab
 * 2.9.0.
 */
public enum LabelQualityScore {
    /** The probability of the label. */
    SELF_CONFIDENCE,
    /** How far the label is ahead of the best other class. */
    NORMALIZED_MARGIN,
    /** How concentrated the posterior is, in relation to the probability of the label. */
    CONFIDENCE_WEIGHTED_ENTROPY;

    /** Returns a scorer of labels under the posteriors, [classes], that will be in the array. */
    LabelScorer scorer(double[] posterior) {
        return switch (this) {
            case SELF_CONFIDENCE -> new LabelScorer.SelfConfidence(posterior);
            case NORMALIZED_MARGIN -> new LabelScorer.NormalizedMargin(posterior);
            case CONFIDENCE_WEIGHTED_ENTROPY -> new LabelScorer.WeightedEntropy(posterior);
        };
    }
}
