package dev.crowdlab.plan;

/**
 * How much a dataset reads.
 *
 * @param annotationRows rows of annotations
 * @param predictionRows rows of predictions
 * @param probabilities probabilities in them: one each, or one per class where they hold arrays
 * @param examples the examples; 0 as long as rows are only counted, which does not tell them
 */
public record InputSize(long annotationRows, long predictionRows, long probabilities, long examples) {

    public static final InputSize NOTHING = new InputSize(0, 0, 0, 0);

    public InputSize plus(InputSize other) {
        return new InputSize(
                annotationRows + other.annotationRows,
                predictionRows + other.predictionRows,
                probabilities + other.probabilities,
                examples + other.examples);
    }

    /** The larger of each. */
    InputSize max(InputSize other) {
        return new InputSize(
                Math.max(annotationRows, other.annotationRows),
                Math.max(predictionRows, other.predictionRows),
                Math.max(probabilities, other.probabilities),
                Math.max(examples, other.examples));
    }
}
