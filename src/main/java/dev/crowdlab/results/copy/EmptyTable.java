package dev.crowdlab.results.copy;

/** A table to which a run writes no row. */
public record EmptyTable(ResultTableDefinition definition) implements ResultTable {

    @Override
    public int rowCount() {
        return 0;
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        throw new IllegalArgumentException("there is no row " + row);
    }
}
