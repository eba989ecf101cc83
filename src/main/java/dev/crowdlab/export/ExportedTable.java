package dev.crowdlab.export;

import dev.crowdlab.text.SpreadsheetFormula;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is exported under one name: columns of a view of schema {@code crowdlab_bi}.
 *
 * @param view name of the view
 * @param columns at least one
 * @param isSpreadsheetSafe whether texts that a spreadsheet would compute get an apostrophe in front
 */
record ExportedTable(String view, List<ExportColumn> columns, boolean isSpreadsheetSafe) {

    /** Where the statement finds the name of the dataset, which is a bound value there. */
    static final String DATASET = "crowdlab.export_dataset";

    private static final String RANK = "rank";

    private static final String COMPUTED = SpreadsheetFormula.STARTS
            .chars()
            .mapToObj(start -> "pg_catalog.chr(" + start + ")")
            .collect(Collectors.joining(", ", "array[", "]"));

    /** PostgreSQL's infinity is no moment, and beyond this year 64 bits have no room for the microseconds since 1970. */
    private static final String IS_MOMENT =
            "pg_catalog.isfinite(%1$s) and %1$s operator(pg_catalog.<) pg_catalog.timestamptz '294247-01-01 00:00:00+00'";

    /** Texts as they are. */
    ExportedTable(String view, List<ExportColumn> columns) {
        this(view, columns, false);
    }

    /** The same with an apostrophe in front of texts that a spreadsheet would compute. */
    ExportedTable spreadsheetSafe() {
        return new ExportedTable(view, columns, true);
    }

    /** The columns with moments. */
    List<ExportColumn> moments() {
        return columns.stream()
                .filter(column -> column.type() == ColumnType.TIMESTAMP)
                .toList();
    }

    /** Selects, for each of these columns, how many of its values are no moment that a file can have. */
    String statementOfOmitted() {
        return moments().stream()
                        .map(column -> "pg_catalog.count(*) filter (where " + source(column) + " is not null and not ("
                                + IS_MOMENT.formatted(source(column)) + "))")
                        .collect(Collectors.joining(", ", "select ", ""))
                + from();
    }

    /** Selects the dataset's rows with the columns' own types, in an order that the rows alone decide. */
    String statement() {
        return statement(ExportedTable::value);
    }

    /** The same with everything as text that is no number and no moment, booleans too: true and false. */
    String statementOfTexts() {
        return statement(column -> switch (column.type()) {
            case BOOLEAN -> value(column) + "::pg_catalog.text";
            case TEXT -> text(column);
            case INTEGER, BIGINT, DOUBLE, TIMESTAMP -> value(column);
        });
    }

    /** The columns with their names, of a view that is called v. */
    String selected() {
        return selected(0, columns.size());
    }

    /** Some of these. */
    String selected(int from, int to) {
        return selected(
                columns.subList(from, to),
                column -> column.type() == ColumnType.TEXT && isSpreadsheetSafe ? text(column) : value(column));
    }

    private static String selected(List<ExportColumn> columns, Function<ExportColumn, String> expression) {
        return columns.stream()
                .map(column -> expression.apply(column) + " as " + quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    private String statement(Function<ExportColumn, String> expression) {
        return "select " + selected(columns, expression) + from() + order();
    }

    private String from() {
        return " from crowdlab_bi." + quoted(view) + " as v where v.dataset = pg_catalog.current_setting('" + DATASET
                + "')";
    }

    private static String source(ExportColumn column) {
        return "v." + quoted(column.source());
    }

    private static String value(ExportColumn column) {
        return column.type() == ColumnType.TIMESTAMP
                ? "case when " + IS_MOMENT.formatted(source(column)) + " then " + source(column) + " end"
                : source(column);
    }

    private String text(ExportColumn column) {
        return text(source(column) + "::pg_catalog.text");
    }

    /** The text, with an apostrophe if it needs one. */
    String text(String text) {
        return isSpreadsheetSafe
                ? "case when pg_catalog.left(" + text + ", 1) operator(pg_catalog.=) any (" + COMPUTED
                        + ") then pg_catalog.concat('''', " + text + ") else " + text + " end"
                : text;
    }

    /** By rank if there is one, then by each column from the left. */
    private String order() {
        List<String> keys = columns.stream()
                .filter(ExportColumn::isSortable)
                .sorted(Comparator.comparing(column -> !column.source().equals(RANK)))
                .map(ExportedTable::source)
                .toList();
        return keys.isEmpty() ? "" : " order by " + String.join(", ", keys);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
