package dev.crowdlab.engine.agreement;

/**
 * Measures of how far annotators agree about the examples that two or more of them labeled. All but the first are 0
 * where they agree as often as expected by chance; they differ in how they define chance.
 */
public enum AgreementMeasure {
    /** The mean over examples of the share of its pairs of annotations that are equal. */
    PERCENT_AGREEMENT,
    /** Krippendorff's alpha for nominal data: chance by the class shares among the labels that are compared. */
    KRIPPENDORFF_ALPHA,
    /** Fleiss' kappa: chance by the class shares; only where every example has the same number of annotations. */
    FLEISS_KAPPA,
    /** Gwet's AC1: chance by how evenly classes are used in all labeled examples; steady where one class dominates. */
    GWET_AC1,
    /**
     * The mean of Cohen's kappa over pairs of annotators with two or more common examples: chance by each annotator's
     * own shares, on different examples of the pair. Weighted by common examples and by what chance leaves, so that
     * pairs with few common examples do not bias it.
     */
    MEAN_COHEN_KAPPA
}
