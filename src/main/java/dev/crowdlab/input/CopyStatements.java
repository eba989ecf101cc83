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

    /**
     * Returns the statement that copies the rows of one part of the examples: those whose id, as text, has a certain hash, which
     * is the same for annotations, predictions and gold. Rows without an id are in part 0.
     *
     * @param copy copies all rows; its first column is example_id
     * @param part 0 to partCount - 1
     */
    static String part(String copy, int part, int partCount) {
        return copy(
                "select * from (" + query(copy) + ") as part where pg_catalog.int8eq(pg_catalog.mod(pg_catalog.int8and("
                        + "coalesce(pg_catalog.hashtextextended(part.example_id::pg_catalog.text collate pg_catalog.\"C\", 0), 0),"
                        + " 9223372036854775807), " + partCount + "), " + part + ")");
    }

    /** Returns the statement that copies a row for each annotator. */
    static String annotators(String copy) {
        return copy("select from (" + query(copy) + ") as labels group by labels.annotator_id");
    }

    /** Returns the query whose rows a statement copies. */
    static String query(String copy) {
        return copy.substring(BEGIN.length(), copy.length() - END.length());
    }
}
