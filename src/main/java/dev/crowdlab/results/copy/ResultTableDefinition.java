package dev.crowdlab.results.copy;

import java.io.Serializable;
import java.util.List;

/**
 * A table of schema crowdlab.
 *
 * @param name the table
 * @param columns all columns that are written, run_id first
 * @param key the columns of the primary key, which is the order of the rows
 * @param partitioned whether each run has a partition of its own
 */
public record ResultTableDefinition(String name, List<String> columns, List<String> key, boolean partitioned)
        implements Serializable {

    /** Lists are copied. */
    public ResultTableDefinition {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
    }

    /** The columns that a digest covers: all except run_id. */
    public List<String> digestedColumns() {
        return columns.subList(1, columns.size());
    }

    /** The table that a run fills: its own partition, or the shared table. */
    public String target(long runId) {
        return "crowdlab." + (partitioned ? partition(runId) : name);
    }

    /** The name of the run's partition, without schema. */
    String partition(long runId) {
        return name + "_r" + runId;
    }
}
