package dev.crowdlab.input;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The statements that copy a dataset's input out of PostgreSQL, made after the columns of the queries were inspected.
 *
 * @param annotations copies the annotations
 * @param predictions copies the predictions; null if there are none
 * @param gold copies the gold; null if there is none
 */
public record CopyStatements(
        AnnotationCopy annotations,
        @Nullable PredictionCopy predictions,
        @Nullable GoldCopy gold) implements Serializable {

    /** Statements that read no rows. */
    public static final CopyStatements NONE =
            new CopyStatements(new AnnotationCopy("", IdEncoding.TEXT, IdEncoding.TEXT, IdEncoding.TEXT, false), null);

    /** Statements that read no gold. */
    public CopyStatements(AnnotationCopy annotations, @Nullable PredictionCopy predictions) {
        this(annotations, predictions, null);
    }

    /** Whether a prediction row holds the probabilities of all classes. */
    public boolean isArray() {
        return predictions != null && predictions.isArray();
    }
}
