package dev.crowdlab.source;

import org.jspecify.annotations.Nullable;

/**
 * The statements that copy a dataset's input out of PostgreSQL, after the queries' columns have been looked at.
 *
 * @param annotations copies example_id, annotator_id, label, annotated_at
 * @param predictions copies example_id, model, and label, probability or probabilities; null: there are no predictions
 * @param arrays whether a prediction row holds the probabilities of all classes
 */
public record InputColumns(String annotations, @Nullable String predictions, boolean arrays) {
    /** What nothing is read with. */
    public static final InputColumns NONE = new InputColumns("", null, false);

    private static final String BEGIN = "copy (";
    private static final String END = ") to stdout (format binary)";

    /** The statement that copies the rows of a query. */
    static String copy(String query) {
        return BEGIN + query + END;
    }

    /** The query whose rows a statement copies. */
    static String query(String copy) {
        return copy.substring(BEGIN.length(), copy.length() - END.length());
    }
}
