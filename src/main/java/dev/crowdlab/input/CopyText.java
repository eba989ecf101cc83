package dev.crowdlab.input;

import java.util.List;

/** The text of the statements that copy rows out of PostgreSQL, in binary format. */
final class CopyText {

    private static final String BEGIN = "copy (";
    private static final String END = ") to stdout (format binary)";

    private CopyText() {}

    /** Returns the statement that copies the rows of a query. */
    static String copy(String query) {
        return BEGIN + query + END;
    }

    /**
     * Returns the statement that copies the rows of one part of the examples: those whose id, as text, has a certain
     * hash, which is the same for annotations, predictions and gold. Rows without an id are in part 0.
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

    /** Returns the statement that copies the first rows that come, in no particular order. */
    static String first(String copy, int rows) {
        return copy("select * from (" + query(copy) + ") as sample limit " + rows);
    }

    /**
     * Returns the statement that copies the rows of some examples. The ids are constants if they are numbers or UUIDs,
     * which PostgreSQL then hashes and looks for where it reads the rows; texts are in the session's crowdlab.sample.
     *
     * @param copy copies all rows; its first column is example_id
     * @param ids of the type of that column
     */
    static String ofSample(String copy, IdEncoding example, List<String> ids) {
        String condition = example == IdEncoding.TEXT
                ? "in (select pg_catalog.unnest(pg_catalog.current_setting('crowdlab.sample')::text[]))"
                : "operator(pg_catalog.=) any (" + example.cast("'{" + String.join(",", ids) + "}'") + "[])";
        return copy("select * from (" + query(copy) + ") as part where part.example_id " + condition);
    }

    /** Returns the query whose rows a statement copies. */
    static String query(String copy) {
        return copy.substring(BEGIN.length(), copy.length() - END.length());
    }
}
