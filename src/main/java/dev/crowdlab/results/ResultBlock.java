package dev.crowdlab.results;

/**
 * A block of rows of a result table, encoded for COPY.
 *
 * @param rows the encoded rows
 * @param rowCount how many rows they are, possibly none
 * @param isLast whether no block follows
 */
public record ResultBlock(BinaryCopyWriter rows, int rowCount, boolean isLast) {}
