package dev.crowdlab.input;

import org.jspecify.annotations.Nullable;

/**
 * The COPY that reads predictions, and what it gives: example_id, model if the query has it, and either probabilities or
 * label and probability.
 *
 * @param statement the COPY
 * @param example the form of example_id
 * @param model the form of model; null: all rows are of one model
 * @param label the form of label; null: a row holds the probabilities of all classes
 */
public record PredictionCopy(
        String statement,
        IdEncoding example,
        @Nullable IdEncoding model,
        @Nullable IdEncoding label) {

    /** Whether a row holds the probabilities of all classes. */
    public boolean isArray() {
        return label == null;
    }
}
