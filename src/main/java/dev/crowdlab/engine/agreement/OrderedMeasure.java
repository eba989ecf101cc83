package dev.crowdlab.engine.agreement;

/** Measures of how far annotators agree, for which a label that is near another is nearly right. */
public enum OrderedMeasure {
    /**
     * Krippendorff's alpha for ordinal data: two classes are as far apart as there are labels from the middle of one to
     * the middle of the other.
     */
    KRIPPENDORFF_ALPHA_ORDINAL,
    /** Krippendorff's alpha for interval data: by the squared difference of the classes' numbers. */
    KRIPPENDORFF_ALPHA_INTERVAL,
    /** Gwet's AC2 with quadratic weights: AC1 with the squared difference in place of equal or not. */
    GWET_AC2,
    /** The mean of Cohen's kappa over pairs of annotators, weighted by the difference. */
    MEAN_LINEAR_KAPPA,
    /** The same, weighted by the squared difference. */
    MEAN_QUADRATIC_KAPPA
}
