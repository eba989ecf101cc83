package dev.crowdlab.input;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The built-in input tables, which CSV files can be loaded into. */
public enum InputTable {
    /** {@code crowdlab.annotation}. */
    ANNOTATION(List.of("example_id", "annotator_id", "label"), List.of("annotated_at", "annotator_kind", "family")),

    /** {@code crowdlab.prediction}. */
    PREDICTION(List.of("example_id", "label", "probability"), List.of("model")),

    /** {@code crowdlab.gold}. */
    GOLD(List.of("example_id", "label"), List.of());

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> required;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<String> optional;

    InputTable(List<String> required, List<String> optional) {
        this.required = required;
        this.optional = optional;
    }

    /** The columns that a file must have. */
    List<String> required() {
        return required;
    }

    /** The columns that a file may have in addition. */
    List<String> optional() {
        return optional;
    }

    /** All columns that a file may have. */
    public List<String> columns() {
        return Stream.concat(required.stream(), optional.stream()).toList();
    }

    /** The name of the table, without schema. */
    public String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static String type(String column) {
        return switch (column) {
            case "annotated_at" -> "timestamptz";
            case "probability" -> "double precision";
            default -> "text";
        };
    }

    /**
     * Creates a table for the file's rows as PostgreSQL parses them, which is dropped at the end of the transaction.
     *
     * @param ignoredCount how many more columns it has, for what is ignored
     */
    String createStaging(int ignoredCount) {
        List<String> definitions = new ArrayList<>();
        columns().forEach(column -> definitions.add(column + " " + type(column)));
        for (int i = 1; i <= ignoredCount; i++) {
            definitions.add("ignored_" + i + " text");
        }
        return "create temporary table load_" + table() + " (" + String.join(", ", definitions) + ") on commit drop";
    }

    /** Fills the staging table from a client's CSV with header. An empty time or number is NULL even if it is quoted. */
    String copyIntoStaging(CsvHeader header) {
        List<String> list = new ArrayList<>();
        int ignoredCount = 0;
        for (String column : header.columns()) {
            list.add(column.isEmpty() ? "ignored_" + ++ignoredCount : column);
        }
        String emptyIsNull = list.stream()
                .filter(column -> columns().contains(column) && !type(column).equals("text"))
                .collect(Collectors.joining(", "));
        return "copy pg_temp.load_" + table() + " (" + String.join(", ", list) + ") from stdin (format csv, header"
                + (header.separator() == ',' ? "" : ", delimiter e'" + (header.separator() == '\t' ? "\\t" : ";") + "'")
                + (emptyIsNull.isEmpty() ? ")" : ", force_null (" + emptyIsNull + "))");
    }

    /** Deletes the rows of the dataset given as parameter. */
    String deleteDataset() {
        return "delete from crowdlab." + table() + " where dataset = ?";
    }

    /** Moves the staged rows into the dataset given as parameter, in the file's order. */
    String insertStaged() {
        return switch (this) {
            case ANNOTATION -> """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at, annotator_kind, family)
                select ?, example_id, annotator_id, label, annotated_at, annotator_kind, family from pg_temp.load_annotation""";
            case PREDICTION -> """
                insert into crowdlab.prediction (dataset, model, example_id, label, probability)
                select ?, coalesce(nullif(model, ''), 'default'), example_id, label, probability
                from pg_temp.load_prediction""";
            case GOLD -> """
                insert into crowdlab.gold (dataset, example_id, label)
                select ?, example_id, label from pg_temp.load_gold""";
        };
    }
}
