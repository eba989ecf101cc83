package dev.crowdlab.results;

import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultColumn;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A table about annotators, models, rejected rows or the dataset as a whole: its columns, and where its rows come from.
 *
 * @param <S> what the rows of a run are read from
 */
public final class SummaryTable<S> {

    private final ResultTableDefinition definition;
    private final Function<RunResults, Optional<S>> source;
    private final ToIntFunction<S> rowCount;
    private final List<Column<S>> columns;
    private final Writing writing;

    /** @param definition with all columns that there are */
    SummaryTable(
            ResultTableDefinition definition,
            Function<RunResults, Optional<S>> source,
            ToIntFunction<S> rowCount,
            List<Column<S>> columns,
            Writing writing) {
        this.definition = definition;
        this.source = source;
        this.rowCount = rowCount;
        this.columns = List.copyOf(columns);
        this.writing = writing;
    }

    /** Writes one field of a row. */
    @FunctionalInterface
    interface Field<S> {

        void write(S rows, int row, BinaryCopyWriter target);
    }

    /**
     * A column and what its fields are.
     *
     * @param feature what a run must have to write it
     */
    record Column<S>(ResultColumn column, Optional<RunFeature> feature, Field<S> field) {}

    /**
     * When the table is written.
     *
     * @param feature what a run must have to write it
     * @param usesScores whether the scores of ActiveLab must have been computed
     */
    record Writing(Optional<RunFeature> feature, boolean usesScores) {}

    /** The table with all columns that there are. */
    public ResultTableDefinition definition() {
        return definition;
    }

    /** The table with the columns that a run writes, so that its digest does not cover others. */
    public ResultTableDefinition definition(Set<RunFeature> features) {
        ResultTableDefinition written =
                ResultTableDefinition.of(definition.name(), definition.kept()).oneRowPer(definition.grain());
        for (Column<S> column : columns) {
            written = isThere(column.feature(), features) ? written.with(column.column()) : written;
        }
        return written;
    }

    private static boolean isThere(Optional<RunFeature> feature, Set<RunFeature> features) {
        return feature.map(features::contains).orElse(true);
    }

    /** Whether a run with these features writes the table. */
    public boolean isWrittenWith(Set<RunFeature> features) {
        return isThere(writing.feature(), features);
    }

    /** Whether the scores of ActiveLab must have been computed before it is written. */
    public boolean usesScores() {
        return writing.usesScores();
    }

    /** The rows of a run. */
    public ResultTable rows(long runId, Set<RunFeature> features, RunResults results) {
        return rows(runId, features, source.apply(results));
    }

    /** @param from empty for a table without rows */
    ResultTable rows(long runId, Set<RunFeature> features, Optional<S> from) {
        List<Field<S>> fields = columns.stream()
                .filter(column -> isThere(column.feature(), features))
                .map(Column::field)
                .toList();
        ResultTableDefinition written = definition(features);
        return from.<ResultTable>map(rows -> new Rows<>(runId, written, rows, rowCount.applyAsInt(rows), fields))
                .orElseGet(() -> new Rows<>(runId, written, written, 0, List.of()));
    }

    private record Rows<S>(long runId, ResultTableDefinition definition, S source, int rowCount, List<Field<S>> fields)
            implements ResultTable {

        @Override
        public void write(int row, BinaryCopyWriter target) {
            target.beginRow(definition, runId);
            for (int field = 0; field < fields.size(); field++) {
                fields.get(field).write(source, row, target);
            }
        }
    }
}
