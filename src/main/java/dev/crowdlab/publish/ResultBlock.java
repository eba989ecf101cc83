package dev.crowdlab.publish;

/**
 * A block of rows of a result table, encoded for COPY.
 *
 * @param rows the encoded rows
 * @param rowCount how many rows they are, possibly none
 * @param isLast whether no block follows
 */
public record ResultBlock(RowBuffer rows, int rowCount, boolean isLast) {}
