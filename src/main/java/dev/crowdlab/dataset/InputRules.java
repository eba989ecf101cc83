package dev.crowdlab.dataset;

import java.util.List;

/**
 * The rules by which raw rows become a dataset.
 *
 * @param classes the classes in their order; empty: the distinct labels of both inputs in code-point order
 * @param missingPrediction what an annotated example without a usable prediction leads to
 * @param duplicateAnnotation which of several differing annotations of one example by one annotator counts
 * @param incompletePrediction what a prediction that lacks classes leads to
 */
public record InputRules(
        List<String> classes,
        MissingPrediction missingPrediction,
        DuplicateAnnotation duplicateAnnotation,
        IncompletePrediction incompletePrediction) {

    /** Longest id, in bytes of UTF-8: result keys must fit into a B-tree entry. */
    public static final int MAX_ID_BYTES = 1_000;

    /** Longest label, in bytes of UTF-8. */
    public static final int MAX_LABEL_BYTES = 250;

    public InputRules {
        classes = List.copyOf(classes);
    }

    /** Rules by which a prediction that lacks classes is refused. */
    public InputRules(
            List<String> classes, MissingPrediction missingPrediction, DuplicateAnnotation duplicateAnnotation) {
        this(classes, missingPrediction, duplicateAnnotation, IncompletePrediction.REJECT);
    }
}
