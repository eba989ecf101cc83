package dev.crowdlab.input;

import java.util.List;

/** The built-in input tables, which CSV files can be loaded into. */
public enum InputTable {
    /** {@code crowdlab.annotation}. */
    ANNOTATION,

    /** {@code crowdlab.prediction}. */
    PREDICTION;

    /** The columns that a file must have. */
    List<String> required() {
        return switch (this) {
            case ANNOTATION -> List.of("example_id", "annotator_id", "label");
            case PREDICTION -> List.of("example_id", "label", "probability");
        };
    }

    /** The column that a file may have in addition. */
    String optional() {
        return switch (this) {
            case ANNOTATION -> "annotated_at";
            case PREDICTION -> "model";
        };
    }

    boolean has(String column) {
        return required().contains(column) || optional().equals(column);
    }

    /**
     * Creates a table for the file's rows as PostgreSQL parses them, which is dropped at the end of the transaction.
     */
    String createStaging() {
        return switch (this) {
            case ANNOTATION -> """
                create temporary table load_annotation (
                    example_id text, annotator_id text, label text, annotated_at timestamptz) on commit drop""";
            case PREDICTION -> """
                create temporary table load_prediction (
                    model text, example_id text, label text, probability double precision) on commit drop""";
        };
    }

    /**
     * Fills the staging table from a client's CSV with header. An empty time or number is NULL even if it is quoted.
     *
     * @param columns of this table, in the file's order
     */
    String copyIntoStaging(List<String> columns) {
        String list = String.join(", ", columns);
        return switch (this) {
            case ANNOTATION ->
                "copy pg_temp.load_annotation (" + list + ") from stdin (format csv, header"
                        + (columns.contains(optional()) ? ", force_null (annotated_at))" : ")");
            case PREDICTION ->
                "copy pg_temp.load_prediction (" + list + ") from stdin (format csv, header, force_null (probability))";
        };
    }

    /** Deletes the rows of the dataset given as parameter. */
    String deleteDataset() {
        return switch (this) {
            case ANNOTATION -> "delete from crowdlab.annotation where dataset = ?";
            case PREDICTION -> "delete from crowdlab.prediction where dataset = ?";
        };
    }

    /** Moves the staged rows into the dataset given as parameter, in the file's order. */
    String insertStaged() {
        return switch (this) {
            case ANNOTATION -> """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                select ?, example_id, annotator_id, label, annotated_at from pg_temp.load_annotation""";
            case PREDICTION -> """
                insert into crowdlab.prediction (dataset, model, example_id, label, probability)
                select ?, coalesce(nullif(model, ''), 'default'), example_id, label, probability
                from pg_temp.load_prediction""";
        };
    }
}
