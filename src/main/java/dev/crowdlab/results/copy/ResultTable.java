package dev.crowdlab.results.copy;

/** The rows of one result table of one run, which are written in key order. Used by one thread. */
public interface ResultTable {

    /** Which table this is. */
    ResultTableDefinition definition();

    /** The number of rows. */
    int rowCount();

    /**
     * Writes a row, including its run_id, with as many fields as the table has columns. Called in ascending order of
     * rows.
     */
    void write(int row, BinaryCopyWriter target);
}
