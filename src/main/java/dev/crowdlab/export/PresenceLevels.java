package dev.crowdlab.export;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Which values of a page are there and which are NULL, as runs of equal levels (Parquet's encoding RLE, one bit wide).
 */
final class PresenceLevels {

    private static final int BEGIN_BYTES = 1 << 8;

    /** A run has its length in at most five bytes, and its level in one. */
    private static final int MAX_RUN_BYTES = 6;

    private static final int LOW_BITS = 0x7f;
    private static final int MORE = 0x80;

    private byte[] bytes = new byte[BEGIN_BYTES];
    private int length;
    private int count;
    private boolean isRunPresent;
    private int runLength;

    void add(boolean isPresent) {
        if (isPresent != isRunPresent) {
            finishRun();
            isRunPresent = isPresent;
        }
        runLength++;
        count++;
    }

    private void finishRun() {
        if (runLength == 0) {
            return;
        }
        if (bytes.length - length < MAX_RUN_BYTES) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        int header = runLength << 1; // the lowest bit would tell of bits that are packed
        while (header > LOW_BITS) {
            bytes[length++] = (byte) ((header & LOW_BITS) | MORE);
            header >>>= 7;
        }
        bytes[length++] = (byte) header;
        bytes[length++] = (byte) (isRunPresent ? 1 : 0);
        runLength = 0;
    }

    /** Number of values, those that are NULL included. */
    int count() {
        return count;
    }

    /** The bytes, valid until the next value is added. */
    ByteBuffer encoded() {
        finishRun();
        return ByteBuffer.wrap(bytes, 0, length);
    }

    void clear() {
        length = 0;
        count = 0;
        runLength = 0;
    }
}
