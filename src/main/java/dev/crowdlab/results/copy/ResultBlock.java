package dev.crowdlab.results.copy;

import java.util.Arrays;

/**
 * A block of rows of a result table, encoded for COPY.
 *
 * @param rows the encoded rows
 * @param rowCount number of rows, possibly 0
 * @param isLast whether this is the last block
 */
public record ResultBlock(BinaryCopyWriter rows, int rowCount, boolean isLast) {

    /** Returns the encoded rows one after another, without header and trailer, in an array of the caller's own. */
    public byte[] encoded() {
        return Arrays.copyOf(rows.bytes(), rows.length());
    }
}
