package dev.crowdlab.results.copy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table of schema crowdlab.
 *
 * @param name the table
 * @param columns all columns that are written, run_id first
 * @param kept how long rows are kept
 * @param grain what there is one row for
 */
public record ResultTableDefinition(String name, List<ResultColumn> columns, Kept kept, Grain grain)
        implements Serializable {

    private static final ResultColumn RUN_ID = new ResultColumn("run_id", FieldType.BIGINT, true);

    /** Lists are copied. */
    public ResultTableDefinition {
        columns = List.copyOf(columns);
    }

    /** A table that has no column yet but run_id. */
    public static ResultTableDefinition of(String name, Kept kept) {
        return new ResultTableDefinition(name, List.of(RUN_ID), kept, Grain.OTHER);
    }

    /** Says what there is one row for. */
    public ResultTableDefinition oneRowPer(Grain other) {
        return new ResultTableDefinition(name, columns, kept, other);
    }

    /** Adds a column of the key, in whose order the rows are written. */
    public ResultTableDefinition key(String column, FieldType type) {
        return with(new ResultColumn(column, type, true));
    }

    /** Adds a column that is not part of the key. */
    public ResultTableDefinition column(String column, FieldType type) {
        return with(new ResultColumn(column, type, false));
    }

    /** Adds a column. */
    public ResultTableDefinition with(ResultColumn column) {
        List<ResultColumn> more = new ArrayList<>(columns);
        more.add(column);
        return new ResultTableDefinition(name, more, kept, grain);
    }

    /** The names of all columns. */
    public List<String> columnNames() {
        return names(columns.stream());
    }

    /** The columns of the primary key, which is the order of the rows. */
    public List<String> key() {
        return names(columns.stream().filter(ResultColumn::isKey));
    }

    /** The columns of a type. */
    public List<String> columnsOf(FieldType type) {
        return names(columns.stream().filter(column -> column.type() == type));
    }

    private static List<String> names(Stream<ResultColumn> columns) {
        return columns.map(ResultColumn::name).toList();
    }

    /** The columns that a digest covers: all except run_id. */
    public List<String> digestedColumns() {
        return columnNames().subList(1, columns.size());
    }

    /** Whether each run has a partition of its own. */
    public boolean partitioned() {
        return kept == Kept.AS_PARTITION;
    }

    /** The table that a run fills: its own partition, or the shared table. */
    public String target(long runId) {
        return "crowdlab." + (partitioned() ? partition(runId) : name);
    }

    /** The name of the run's partition, without schema. */
    String partition(long runId) {
        return name + "_r" + runId;
    }
}
