package dev.crowdlab.results;

import java.util.List;

/** The rows of one result table of one run, in the order of the table's key, in which they are written. Used by one thread. */
public interface ResultTable {

    /** What the table is and how it is keyed. */
    ResultTableDefinition shape();

    /** The number of rows. */
    int rowCount();

    /** Adds a row, its run_id included, with as many fields as the table has columns; rows are asked for in ascending order. */
    void write(int row, BinaryCopyWriter target);

    /**
     * A table of schema crowdlab.
     *
     * @param name the table
     * @param columns all columns that are written, run_id first
     * @param key the columns of the primary key, which is the order of the rows
     * @param partitioned whether each run has a partition of its own
     */
    record ResultTableDefinition(String name, List<String> columns, List<String> key, boolean partitioned) {

        /** Checks and copies. */
        public ResultTableDefinition {
            columns = List.copyOf(columns);
            key = List.copyOf(key);
        }

        /** The columns that a digest covers: all but run_id. */
        List<String> digestedColumns() {
            return columns.subList(1, columns.size());
        }

        /** The table that a run fills: its own, or the one for all runs. */
        public String target(long runId) {
            return "crowdlab." + (partitioned ? partition(runId) : name);
        }

        /** The run's partition, without schema. */
        String partition(long runId) {
            return name + "_r" + runId;
        }
    }
}
