package dev.crowdlab.input;

import org.jspecify.annotations.Nullable;

/**
 * The statements that copy a dataset's input out of PostgreSQL, after the queries' columns have been looked at.
 *
 * @param annotations copies the annotations
 * @param predictions copies the predictions; null: there are none
 */
public record CopyStatements(
        AnnotationCopy annotations, @Nullable PredictionCopy predictions) {

    /** What nothing is read with. */
    public static final CopyStatements NONE =
            new CopyStatements(new AnnotationCopy("", IdEncoding.TEXT, IdEncoding.TEXT, IdEncoding.TEXT, false), null);

    private static final String BEGIN = "copy (";
    private static final String END = ") to stdout (format binary)";

    /** Whether a prediction row holds the probabilities of all classes. */
    public boolean isArray() {
        return predictions != null && predictions.isArray();
    }

    /** The statement that copies the rows of a query. */
    static String copy(String query) {
        return BEGIN + query + END;
    }

    /** The query whose rows a statement copies. */
    static String query(String copy) {
        return copy.substring(BEGIN.length(), copy.length() - END.length());
    }
}
