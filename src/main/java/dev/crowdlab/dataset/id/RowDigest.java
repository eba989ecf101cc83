package dev.crowdlab.dataset.id;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest of a multiset of rows: the number of rows and the wrapping sums of both halves of a 128-bit hash of each,
 * MurmurHash3_x64_128. It does not depend on the order of the rows, and digests of parts merge by addition. It detects
 * changed input, but does not protect against rows that were constructed to collide. Not thread-safe.
 */
@NotThreadSafe
public final class RowDigest implements Serializable {

    private final Murmur3 hash = new Murmur3();
    private long rowCount;
    private long firstSum;
    private long secondSum;

    /** Adds one row. */
    public void add(byte[] bytes, int from, int length) {
        hash.hash(bytes, from, length, 0);
        rowCount++;
        firstSum += hash.first();
        secondSum += hash.second();
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
    public byte[] toBytes() {
        return ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(rowCount)
                .putLong(firstSum)
                .putLong(secondSum)
                .array();
    }

    /** The digest of the inputs of a dataset without gold, see {@link #of(RowDigest, RowDigest, RowDigest)}. */
    public static String of(RowDigest annotations, RowDigest predictions) {
        return of(annotations, predictions, new RowDigest());
    }

    /**
     * The digest of all inputs of a dataset, in hexadecimal: SHA-256 over the bytes of each; of gold only if it has
     * rows, so that nothing changes for datasets without.
     */
    public static String of(RowDigest annotations, RowDigest predictions, RowDigest gold) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(annotations.toBytes());
            sha256.update(predictions.toBytes());
            if (gold.rowCount() > 0) {
                sha256.update(gold.toBytes());
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
