package dev.crowdlab.dataset.rejection;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which raw rows become a dataset.
 *
 * @param classes the classes in their order; empty: the distinct labels of both inputs in code-point order
 * @param missingPrediction how an annotated example without a usable prediction is handled
 * @param duplicateAnnotation which of an annotator's differing labels of one example counts
 * @param incompletePrediction how a prediction that lacks classes is handled
 * @param timeZone the zone of times that come without one, as PostgreSQL and Java call it; null: nobody has said
 * @param answers what answers mean
 */
public record InputRules(
        List<String> classes,
        MissingPrediction missingPrediction,
        DuplicateAnnotation duplicateAnnotation,
        IncompletePrediction incompletePrediction,
        @Nullable String timeZone,
        AnswerRules answers)
        implements Serializable {

    /** Longest label, in bytes of UTF-8. */
    public static final int MAX_LABEL_BYTES = 250;

    public InputRules {
        classes = List.copyOf(classes);
    }

    /** Creates rules by which a prediction that lacks classes is rejected. */
    public InputRules(
            List<String> classes, MissingPrediction missingPrediction, DuplicateAnnotation duplicateAnnotation) {
        this(classes, missingPrediction, duplicateAnnotation, IncompletePrediction.REJECT, null, AnswerRules.PLAIN);
    }

    /** Creates rules for times that all have a zone. */
    public InputRules(
            List<String> classes,
            MissingPrediction missingPrediction,
            DuplicateAnnotation duplicateAnnotation,
            IncompletePrediction incompletePrediction) {
        this(classes, missingPrediction, duplicateAnnotation, incompletePrediction, null, AnswerRules.PLAIN);
    }

    /** What the order of the classes means. */
    public AnswerScale scale() {
        return answers.scale();
    }

    /** The same with classes. */
    public InputRules withClasses(List<String> others) {
        return new InputRules(others, missingPrediction, duplicateAnnotation, incompletePrediction, timeZone, answers);
    }
}
