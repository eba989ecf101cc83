package dev.crowdlab.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of UTF-8 texts, one behind the other in one array of bytes, each possibly null. Grows by appending; holds up
 * to 2 GiB of text. Not thread-safe while it grows.
 */
public final class TextColumn implements Texts {

    /** The length that stands for null. */
    public static final int NULL = -1;

    private byte[] bytes;
    private int[] starts;
    private int[] lengths;
    private int rowCount;
    private int used;

    /** An empty column with room for some rows. */
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
        rowCount++;
        setLast(source, from, length);
    }

    /** Appends null. */
    public void addNull() {
        add(bytes, 0, NULL);
    }

    /** Gives the last row another text. */
    void setLast(byte[] source, int from, int length) {
        starts[rowCount - 1] = used;
        lengths[rowCount - 1] = length;
        if (length > 0) {
            bytes = Growth.ensure(bytes, used, length);
            System.arraycopy(source, from, bytes, used, length);
            used += length;
        }
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

    /** Compares two rows in code-point order, null last. */
    int compare(int left, int right) {
        if (lengths[left] == NULL || lengths[right] == NULL) {
            return Boolean.compare(lengths[left] == NULL, lengths[right] == NULL);
        }
        return Arrays.compareUnsigned(
                bytes,
                starts[left],
                starts[left] + lengths[left],
                bytes,
                starts[right],
                starts[right] + lengths[right]);
    }
}
