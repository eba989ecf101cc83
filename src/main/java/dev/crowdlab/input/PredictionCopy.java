package dev.crowdlab.input;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The COPY that reads predictions, and its columns: example_id, model if the query has it, and either probabilities or
 * label and probability.
 *
 * @param statement the COPY
 * @param example the encoding of example_id
 * @param model the encoding of model; null if all rows are of one model
 * @param label the encoding of label; null if a row holds the probabilities of all classes
 */
public record PredictionCopy(
        String statement,
        IdEncoding example,
        @Nullable IdEncoding model,
        @Nullable IdEncoding label) implements Serializable {

    /** Returns the COPY of the first rows that come. */
    PredictionCopy first(int rows) {
        return new PredictionCopy(CopyText.first(statement, rows), example, model, label);
    }

    /** Returns the COPY of the rows of some examples, see {@link CopyText#ofSample}. */
    PredictionCopy ofSample(List<String> ids) {
        return new PredictionCopy(CopyText.ofSample(statement, example, ids), example, model, label);
    }

    /** Returns the COPY of one part of the examples, see {@link CopyText#part}. */
    public PredictionCopy part(int part, int partCount) {
        return new PredictionCopy(CopyText.part(statement, part, partCount), example, model, label);
    }

    /** Whether a row holds the probabilities of all classes. */
    public boolean isArray() {
        return label == null;
    }
}
