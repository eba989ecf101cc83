package dev.crowdlab.results;

/** A table to which a run writes no row. */
record EmptyTable(ResultTableDefinition definition) implements ResultTable {

    @Override
    public int rowCount() {
        return 0;
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        throw new IllegalArgumentException("there is no row " + row);
    }
}
