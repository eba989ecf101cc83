package dev.crowdlab.results.copy;

import dev.crowdlab.dataset.AnnotationTimes;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.postgres.BinaryCopyFormat;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows in PostgreSQL's binary COPY format, one after another in a growing array, without header and trailer.
 * Not thread-safe.
 */
public final class BinaryCopyWriter {

    private static final int USUAL_ROW_BYTES = 80;
    private static final int DIGESTED_BYTES = 1 << 14;

    /** The maximum array size that every JVM supports. */
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    /**
     * Bytes at the start of a row that are not digested: the number of fields, and the run's number with its length.
     */
    private static final int UNDIGESTED = Short.BYTES + Integer.BYTES + Long.BYTES;

    private static final int FLOAT8_OID = 701;

    private int[] rowStarts;
    private int rowCount;
    private byte[] bytes;
    private int length;

    /** Creates an empty buffer with room for a number of rows of usual length. */
    public BinaryCopyWriter(int expectedRows) {
        rowStarts = new int[Math.max(4, expectedRows)];
        bytes = new byte[Math.max(64, expectedRows * USUAL_ROW_BYTES)];
    }

    /** Removes all rows. */
    public void clear() {
        rowCount = 0;
        length = 0;
    }

    /**
     * Begins a row of the table with its first field, the run's number. The fields of its other columns must follow.
     */
    public void beginRow(ResultTableDefinition table, long runId) {
        if (rowCount == rowStarts.length) {
            rowStarts = Arrays.copyOf(rowStarts, rowCount * 2);
        }
        rowStarts[rowCount++] = length;
        reserve(Short.BYTES);
        BinaryCopyFormat.SHORT.set(bytes, length, (short) table.columns().size());
        length += Short.BYTES;
        bigint(runId);
    }

    /**
     * Adds the rows to a digest, without the run's number and the number of fields, so that equal results of different
     * runs have equal digests. The rows are first moved together in the buffer, to save one call per row.
     */
    public void digest(MessageDigest digest) {
        byte[] digested = new byte[DIGESTED_BYTES];
        int filled = 0;
        for (int row = 0; row < rowCount; row++) {
            int from = rowStarts[row] + UNDIGESTED;
            int count = (row + 1 < rowCount ? rowStarts[row + 1] : length) - from;
            if (filled + count > DIGESTED_BYTES) {
                digest.update(digested, 0, filled);
                filled = 0;
            }
            if (count > DIGESTED_BYTES) {
                digest.update(bytes, from, count);
            } else {
                System.arraycopy(bytes, from, digested, filled, count);
                filled += count;
            }
        }
        digest.update(digested, 0, filled);
    }

    /** Adds a text field, or null if there is no text at the index. */
    public void text(Utf8Texts texts, int index) {
        if (texts.isNull(index)) {
            nullField();
        } else {
            bytes(texts.bytes(), texts.start(index), texts.length(index));
        }
    }

    public void text(@Nullable String text) {
        if (text == null) {
            nullField();
        } else {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            bytes(encoded, 0, encoded.length);
        }
    }

    /** Adds a jsonb field: the version of its format, which is 1, and the text. */
    public void jsonb(String text) {
        byte[] encoded = ("\u0001" + text).getBytes(StandardCharsets.UTF_8);
        bytes(encoded, 0, encoded.length);
    }

    /** Adds a text field that is already encoded. */
    public void text(byte[] encoded) {
        bytes(encoded, 0, encoded.length);
    }

    /** Adds a text field that is already encoded. */
    public void text(byte[] encoded, int from, int length) {
        bytes(encoded, from, length);
    }

    public void bigint(long value) {
        reserve(Integer.BYTES + Long.BYTES);
        BinaryCopyFormat.INT.set(bytes, length, Long.BYTES);
        BinaryCopyFormat.LONG.set(bytes, length + Integer.BYTES, value);
        length += Integer.BYTES + Long.BYTES;
    }

    public void integer(int value) {
        reserve(2 * Integer.BYTES);
        BinaryCopyFormat.INT.set(bytes, length, Integer.BYTES);
        BinaryCopyFormat.INT.set(bytes, length + Integer.BYTES, value);
        length += 2 * Integer.BYTES;
    }

    /** Adds a timestamp field; {@link AnnotationTimes#UNKNOWN} is written as null. */
    public void timeOrNull(long time) {
        if (time == AnnotationTimes.UNKNOWN) {
            nullField();
        } else {
            bigint(time);
        }
    }

    public void number(double value) {
        bigint(Double.doubleToLongBits(value));
    }

    /** Adds a double precision field; NaN, which means undefined, is written as null. */
    public void numberOrNull(double value) {
        if (Double.isNaN(value)) {
            nullField();
        } else {
            number(value);
        }
    }

    /** Adds an array of double precision, whose first index is 1; at least one number, none of them NaN. */
    public void numbers(double[] values) {
        int elementBytes = Integer.BYTES + Double.BYTES;
        int fieldBytes = 5 * Integer.BYTES + values.length * elementBytes;
        reserve(Integer.BYTES + fieldBytes);
        int[] header = {fieldBytes, 1, 0, FLOAT8_OID, values.length, 1
        }; // one dimension, no NULL, its length and first index
        for (int number : header) {
            BinaryCopyFormat.INT.set(bytes, length, number);
            length += Integer.BYTES;
        }
        for (double value : values) {
            number(value);
        }
    }

    public void bool(boolean value) {
        reserve(Integer.BYTES + 1);
        BinaryCopyFormat.INT.set(bytes, length, 1);
        bytes[length + Integer.BYTES] = (byte) (value ? 1 : 0);
        length += Integer.BYTES + 1;
    }

    /** Adds a null field. */
    public void nullField() {
        reserve(Integer.BYTES);
        BinaryCopyFormat.INT.set(bytes, length, BinaryCopyFormat.NULL_FIELD);
        length += Integer.BYTES;
    }

    /** The buffer itself; only the first {@link #length()} bytes are valid. */
    public byte[] bytes() {
        return bytes;
    }

    /** The number of valid bytes. */
    public int length() {
        return length;
    }

    private void bytes(byte[] source, int from, int count) {
        reserve(Integer.BYTES + count);
        BinaryCopyFormat.INT.set(bytes, length, count);
        System.arraycopy(source, from, bytes, length + Integer.BYTES, count);
        length += Integer.BYTES + count;
    }

    private void reserve(int count) {
        if (count > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, grown(bytes.length, (long) length + count));
        }
    }

    /**
     * Returns the new length of an array that has become too small.
     *
     * @throws IllegalStateException if no array can hold that many bytes
     */
    static int grown(int capacity, long needed) {
        if (needed > MAX_BYTES) {
            throw new IllegalStateException("A block of rows takes more than 2 GiB; set a smaller crowdlab.block-rows");
        }
        return (int) Math.min(MAX_BYTES, Math.max(needed, capacity * 2L));
    }
}
