package dev.crowdlab.dataset;

import dev.crowdlab.engine.NotThreadSafe;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest of a multiset of rows: the number of rows and the wrapping sums of two 64-bit hashes of each. It does not
 * depend on the order of the rows and digests of parts merge by addition. It tells changed input from unchanged; against
 * somebody who constructs rows on purpose it does not protect. Not thread-safe.
 */
@NotThreadSafe
public final class RowDigest {

    private static final long FIRST_SEED = 0x243F_6A88_85A3_08D3L;
    private static final long SECOND_SEED = 0x1319_8A2E_0370_7344L;

    private long rowCount;
    private long firstSum;
    private long secondSum;

    /** Adds one row. */
    public void add(byte[] bytes, int from, int length) {
        long first = Hash64.begin(length, FIRST_SEED);
        long second = Hash64.begin(length, SECOND_SEED);
        int position = from;
        int end = from + length;
        for (; position + Long.BYTES <= end; position += Long.BYTES) {
            long word = Hash64.word(bytes, position);
            first = Hash64.next(first, word);
            second = Hash64.next(second, word);
        }
        long tail = Hash64.tail(bytes, position, end);
        rowCount++;
        firstSum += Hash64.end(first, tail);
        secondSum += Hash64.end(second, tail);
    }

    /** Adds the rows of another digest. */
    public void add(RowDigest other) {
        rowCount += other.rowCount;
        firstSum += other.firstSum;
        secondSum += other.secondSum;
    }

    /** The number of rows added. */
    public long rowCount() {
        return rowCount;
    }

    /** The digest's 24 bytes: count, first sum, second sum, big-endian. */
    byte[] toBytes() {
        return ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(rowCount)
                .putLong(firstSum)
                .putLong(secondSum)
                .array();
    }

    /** The digest of both inputs of a dataset, in hexadecimal: SHA-256 over the bytes of each. */
    public static String of(RowDigest annotations, RowDigest predictions) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(annotations.toBytes());
            sha256.update(predictions.toBytes());
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
