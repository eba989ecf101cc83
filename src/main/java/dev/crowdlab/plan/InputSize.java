package dev.crowdlab.plan;

/**
 * The size of a dataset's input.
 *
 * @param annotationRows rows of annotations
 * @param predictionRows rows of predictions
 * @param probabilities probabilities in them: one per row, or one per class if they hold arrays
 * @param examples number of examples; 0 while rows are only counted
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

    /** The larger value of each component. */
    InputSize max(InputSize other) {
        return new InputSize(
                Math.max(annotationRows, other.annotationRows),
                Math.max(predictionRows, other.predictionRows),
                Math.max(probabilities, other.probabilities),
                Math.max(examples, other.examples));
    }
}
