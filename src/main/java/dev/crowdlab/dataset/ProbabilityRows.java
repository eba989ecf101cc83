package dev.crowdlab.dataset;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The probabilities of each prediction row. Nearly all rows are of one length, that of the first row which has any, and stand
 * in chunks that never move, so that growing copies nothing: ten million rows of ten classes take the 800 MB of their
 * numbers. A row of another length is kept by itself. Not thread-safe while it grows.
 */
final class ProbabilityRows {

    private static final int CHUNK_CELLS = 1 << 19;
    private static final double[] NULL_ARRAY = {};

    private final List<double @Nullable []> chunks = new ArrayList<>();
    /** How many rows of each chunk were taken. */
    private final IntArrayList taken = new IntArrayList();

    /** Rows of another length; {@link #NULL_ARRAY} itself: there is no array. */
    private final Int2ObjectOpenHashMap<double[]> others = new Int2ObjectOpenHashMap<>();

    private int rowLength;
    /** A chunk holds 2^rowBits rows. */
    private int rowBits;

    private int size;

    /** Adds a row; a length of {@link TextColumn#NULL}: there is no array. */
    void add(double[] source, int from, int length) {
        if (rowLength == 0 && length > 0) {
            rowLength = length;
            rowBits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, CHUNK_CELLS / length));
        }
        if (length == rowLength && length > 0) {
            while (size >>> rowBits >= chunks.size()) {
                chunks.add(new double[rowLength << rowBits]);
                taken.add(0);
            }
            System.arraycopy(source, from, array(size), start(size), length);
        } else {
            keepApart(source, from, length);
        }
        size++;
    }

    private void keepApart(double[] source, int from, int length) {
        others.put(size, length == TextColumn.NULL ? NULL_ARRAY : Arrays.copyOfRange(source, from, from + length));
    }

    /** The row's length, or {@link TextColumn#NULL}. */
    int length(int row) {
        double[] other = apart(row);
        if (other == null) {
            return rowLength;
        }
        return isNull(other) ? TextColumn.NULL : other.length;
    }

    @SuppressWarnings("ArrayEquals") // identity: an empty array is not null
    private static boolean isNull(double[] row) {
        return row == NULL_ARRAY;
    }

    /** The array in which the row stands, from {@link #start} on. */
    double[] array(int row) {
        double[] other = apart(row);
        double[] found = other == null ? chunks.get(row >>> rowBits) : other;
        if (found == null) {
            throw new IllegalStateException("row " + row + " was taken before");
        }
        return found;
    }

    /** Gives one number of a row, for the last time. */
    double take(int row, int element) {
        double number = get(row, element);
        forget(row);
        return number;
    }

    /** Copies a row, for the last time: a chunk of which every row was taken is given up, since what it becomes is as large. */
    void take(int row, double[] target, int at) {
        System.arraycopy(array(row), start(row), target, at, length(row));
        forget(row);
    }

    private void forget(int row) {
        int chunk = row >>> rowBits;
        if (apart(row) == null) {
            taken.set(chunk, taken.getInt(chunk) + 1);
            if (taken.getInt(chunk) == 1 << rowBits) {
                chunks.set(chunk, null);
            }
        }
    }

    /** Where in {@link #array} the row starts. */
    int start(int row) {
        return apart(row) == null ? (row & (1 << rowBits) - 1) * rowLength : 0;
    }

    /** One of the row's numbers. */
    double get(int row, int element) {
        return array(row)[start(row) + element];
    }

    private double @Nullable [] apart(int row) {
        return others.isEmpty() ? null : others.get(row);
    }
}
