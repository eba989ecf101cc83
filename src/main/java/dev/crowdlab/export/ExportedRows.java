package dev.crowdlab.export;

import java.util.List;
import java.util.Optional;

/**
 * How the rows of an export are selected for each format.
 *
 * @param views of schema {@code crowdlab_bi} that are read
 * @param columns of a Parquet file
 * @param header first line of CSV; empty: as COPY writes it
 * @param csv the statement for CSV
 * @param jsonl the statement whose rows become objects
 * @param parquet the statement with these columns
 * @param tasks the statement for an array of tasks, each one text; empty: there are none
 */
record ExportedRows(
        List<String> views,
        List<ExportColumn> columns,
        Optional<byte[]> header,
        String csv,
        String jsonl,
        String parquet,
        Optional<String> tasks) {

    /** Lists are copied. */
    ExportedRows {
        views = List.copyOf(views);
        columns = List.copyOf(columns);
    }

    static ExportedRows of(ExportedTable table) {
        return new ExportedRows(
                List.of(table.view()),
                table.columns(),
                Optional.empty(),
                table.statementOfTexts(),
                table.statement(),
                table.statementOfTexts(),
                Optional.empty());
    }
}
