package dev.crowdlab.export;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is exported under one name: columns of a view of schema {@code crowdlab_bi}.
 *
 * @param view name of the view
 * @param columns at least one
 */
record ExportedTable(String view, List<ExportColumn> columns) {

    /** Where the statement finds the name of the dataset, which is a bound value there. */
    static final String DATASET = "crowdlab.export_dataset";

    private static final String RANK = "rank";

    /** Selects the dataset's rows with the columns' own types, in an order that the rows alone decide. */
    String statement() {
        return statement(ExportedTable::value);
    }

    /** The same with everything as text that is no number and no moment, booleans too: true and false. */
    String statementOfTexts() {
        return statement(column -> switch (column.type()) {
            case BOOLEAN, TEXT -> value(column) + "::pg_catalog.text";
            case INTEGER, BIGINT, DOUBLE, TIMESTAMP -> value(column);
        });
    }

    /** The columns with their names, of a view that is called v. */
    String selected() {
        return selected(ExportedTable::value);
    }

    private String selected(Function<ExportColumn, String> expression) {
        return columns.stream()
                .map(column -> expression.apply(column) + " as " + quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    private String statement(Function<ExportColumn, String> expression) {
        return "select " + selected(expression)
                + " from crowdlab_bi." + quoted(view) + " as v"
                + " where v.dataset = pg_catalog.current_setting('" + DATASET + "')"
                + order();
    }

    private static String value(ExportColumn column) {
        return "v." + quoted(column.source());
    }

    /** By rank if there is one, then by each column from the left. */
    private String order() {
        List<String> keys = columns.stream()
                .filter(ExportColumn::isSortable)
                .sorted(Comparator.comparing(column -> !column.source().equals(RANK)))
                .map(ExportedTable::value)
                .toList();
        return keys.isEmpty() ? "" : " order by " + String.join(", ", keys);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
