package dev.crowdlab.results;

/**
 * A block of rows of a result table, encoded for COPY.
 *
 * @param rows the encoded rows
 * @param rowCount number of rows, possibly 0
 * @param isLast whether this is the last block
 */
public record ResultBlock(BinaryCopyWriter rows, int rowCount, boolean isLast) {}
