package dev.crowdlab.dataset.id;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of nullable UTF-8 texts, stored one after another in one byte array. Append-only; holds up to 2 GiB of text.
 * A text longer than any id may be is cut, and stays longer than that. Not thread-safe while it grows.
 */
@NotThreadSafe
public final class TextColumn implements Utf8Texts, Serializable {

    /** The length that represents null. */
    public static final int NULL = -1;

    /**
     * Longest id, in bytes of UTF-8: result keys must fit into a B-tree entry. Of a longer text, which cannot be used,
     * one byte more is stored, followed by four bytes with its length.
     */
    public static final int MAX_ID_BYTES = 1_000;

    private byte[] bytes;
    private int[] starts;
    private int[] lengths;
    private int rowCount;
    private int used;

    /** Creates an empty column with room for a number of rows. */
    public TextColumn(int expectedRows) {
        bytes = new byte[Math.max(16, expectedRows * 16)];
        starts = new int[Math.max(4, expectedRows)];
        lengths = new int[Math.max(4, expectedRows)];
    }

    /** Appends a text; a length of {@link #NULL} appends null. */
    public void add(byte[] source, int from, int length) {
        if (rowCount == starts.length) {
            starts = Arrays.copyOf(starts, rowCount * 2);
            lengths = Arrays.copyOf(lengths, rowCount * 2);
        }
        starts[rowCount] = used;
        lengths[rowCount] = length;
        if (length > MAX_ID_BYTES) {
            append(source, from, MAX_ID_BYTES + 1);
            append(ByteBuffer.allocate(Integer.BYTES).putInt(length).array(), 0, Integer.BYTES);
            lengths[rowCount] = used - starts[rowCount];
        } else if (length > 0) {
            append(source, from, length);
        }
        rowCount++;
    }

    /** Appends a text of another column, as it is stored there. */
    public void add(TextColumn other, int row) {
        if (rowCount == starts.length) {
            starts = Arrays.copyOf(starts, rowCount * 2);
            lengths = Arrays.copyOf(lengths, rowCount * 2);
        }
        starts[rowCount] = used;
        lengths[rowCount] = other.lengths[row];
        if (other.lengths[row] > 0) {
            append(other.bytes, other.starts[row], other.lengths[row]);
        }
        rowCount++;
    }

    private void append(byte[] source, int from, int length) {
        bytes = ArrayGrowth.ensure(bytes, used, length);
        System.arraycopy(source, from, bytes, used, length);
        used += length;
    }

    /** The length of a text in a column, or in a dictionary of such texts, before it was cut. */
    public static int lengthBeforeCut(Utf8Texts texts, int index) {
        int length = texts.length(index);
        return length <= MAX_ID_BYTES
                ? length
                : ByteBuffer.wrap(texts.bytes()).getInt(texts.start(index) + MAX_ID_BYTES + 1);
    }

    /** Appends null. */
    public void addNull() {
        add(bytes, 0, NULL);
    }

    @Override
    public int size() {
        return rowCount;
    }

    /** {@inheritDoc} Replaced when the column grows. */
    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int start(int row) {
        return starts[row];
    }

    @Override
    public int length(int row) {
        return lengths[row];
    }

    /** The row's text, for messages. */
    public @Nullable String text(int row) {
        return lengths[row] == NULL ? null : new String(bytes, starts[row], lengths[row], StandardCharsets.UTF_8);
    }
}
