package dev.crowdlab.results.copy;

/** The types of the columns of result tables. A text that names somebody or something has a type of its own. */
public enum FieldType {
    TEXT("text"),
    /** The id of an annotator, which {@code forget} finds and replaces. */
    ANNOTATOR("text"),
    /** The id of an example, which {@code forget} finds and replaces. */
    EXAMPLE("text"),
    JSON("jsonb"),
    INTEGER("integer"),
    BIGINT("bigint"),
    DOUBLE("double precision"),
    DOUBLES("double precision[]"),
    BOOLEAN("boolean"),
    DATE("date"),
    TIMESTAMP("timestamp with time zone");

    private final String sqlName;

    FieldType(String sqlName) {
        this.sqlName = sqlName;
    }

    /** The type in PostgreSQL, as it names it itself. */
    public String sqlName() {
        return sqlName;
    }
}
