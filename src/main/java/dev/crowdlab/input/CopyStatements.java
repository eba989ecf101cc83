package dev.crowdlab.input;

import org.jspecify.annotations.Nullable;

/**
 * The statements that copy a dataset's input out of PostgreSQL, made after the columns of the queries were inspected.
 *
 * @param annotations copies the annotations
 * @param predictions copies the predictions; null if there are none
 */
public record CopyStatements(
        AnnotationCopy annotations, @Nullable PredictionCopy predictions) {

    /** Statements that read no rows. */
    public static final CopyStatements NONE =
            new CopyStatements(new AnnotationCopy("", IdEncoding.TEXT, IdEncoding.TEXT, IdEncoding.TEXT, false), null);

    private static final String BEGIN = "copy (";
    private static final String END = ") to stdout (format binary)";

    /** Whether a prediction row holds the probabilities of all classes. */
    public boolean isArray() {
        return predictions != null && predictions.isArray();
    }

    /** Returns the statement that copies the rows of a query. */
    static String copy(String query) {
        return BEGIN + query + END;
    }

    /** Returns the query whose rows a statement copies. */
    static String query(String copy) {
        return copy.substring(BEGIN.length(), copy.length() - END.length());
    }
}
