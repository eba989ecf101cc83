package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The probabilities of each prediction row. Nearly all rows have the same length as the first non-null row; these are
 * stored in chunks that never move, so that growing copies nothing: ten million rows of ten classes take exactly the
 * 800 MB of their numbers. Rows of another length are stored separately. Not thread-safe while it grows.
 */
@NotThreadSafe
final class ProbabilityRows implements Serializable {

    /** Stands for a row with the same probability for each class. */
    static final int UNIFORM = -1;

    /** The minimum size, large enough for the launcher's JVM to keep a chunk where it was allocated. */
    private static final int CHUNK_CELLS = 1 << 19;

    private static final double[] NONE = {};

    private final ArrayList<double @Nullable []> chunks = new ArrayList<>();
    /** Number of rows taken from each chunk. */
    private final IntArrayList taken = new IntArrayList();

    /** Rows of another length, empty where there is no array. */
    private final Int2ObjectOpenHashMap<double[]> others = new Int2ObjectOpenHashMap<>();

    private final IntOpenHashSet nulls = new IntOpenHashSet();

    private int rowLength;
    /** A chunk holds 2^rowBits rows. */
    private int rowBits;

    private int size;

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        for (double[] chunk : chunks) {
            out.writeObject(NullProbabilities.places(chunk == null ? NONE : chunk, chunk == null ? 0 : chunk.length));
        }
        int[] rows = others.keySet().toIntArray();
        out.writeObject(rows);
        for (int row : rows) {
            out.writeObject(NullProbabilities.places(others.get(row), others.get(row).length));
        }
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        for (double[] chunk : chunks) {
            NullProbabilities.restore(chunk == null ? NONE : chunk, (int[]) in.readObject());
        }
        for (int row : (int[]) in.readObject()) {
            NullProbabilities.restore(others.get(row), (int[]) in.readObject());
        }
    }

    /** Returns the number of bits such that a chunk holds 2^bits rows of the length. */
    static int chunkBits(int length) {
        return Integer.SIZE - Integer.numberOfLeadingZeros((CHUNK_CELLS - 1) / Math.max(1, length));
    }

    /** Adds a row; a length of {@link TextColumn#NULL} means that there is no array. */
    void add(double[] source, int from, int length) {
        if (rowLength == 0 && length > 0) {
            rowLength = length;
            rowBits = chunkBits(length);
        }
        if (length == rowLength && length > 0) {
            ensureChunk(size);
            System.arraycopy(source, from, array(size), start(size), length);
        } else {
            keepApart(source, from, length);
        }
        size++;
    }

    private void ensureChunk(int row) {
        while (row >>> rowBits >= chunks.size()) {
            chunks.add(new double[rowLength << rowBits]);
            taken.add(0);
        }
    }

    private void keepApart(double[] source, int from, int length) {
        if (length == TextColumn.NULL) {
            nulls.add(size);
        }
        others.put(size, Arrays.copyOfRange(source, from, from + Math.max(0, length)));
    }

    /** The row's length, or {@link TextColumn#NULL}. */
    int length(int row) {
        double[] other = apart(row);
        if (other == null) {
            return rowLength;
        }
        return nulls.contains(row) ? TextColumn.NULL : other.length;
    }

    /** The array that contains the row, from {@link #start} on. */
    double[] array(int row) {
        double[] other = apart(row);
        double[] found = other == null ? chunks.get(row >>> rowBits) : other;
        if (found == null) {
            throw new IllegalStateException("row " + row + " was taken before");
        }
        return found;
    }

    /** Returns one number of a row and counts the row as taken; it must not be read again. */
    double take(int row, int element) {
        double number = get(row, element);
        forget(row);
        return number;
    }

    /**
     * Copies a row, which must not be read again. A chunk is released when all of its rows were taken, so that the copy
     * needs no additional memory.
     */
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

    /** The start of the row in {@link #array}. */
    int start(int row) {
        return apart(row) == null ? (row & (1 << rowBits) - 1) * rowLength : 0;
    }

    /** One of the row's numbers. */
    double get(int row, int element) {
        return array(row)[start(row) + element];
    }

    /** The length of the rows in chunks; 0 if there are none. */
    int rowLength() {
        return rowLength;
    }

    /** A chunk holds 2^chunkBits rows. */
    int chunkBits() {
        return rowBits;
    }

    /** The chunks of the rows from .. from + count - 1, the first of which starts a chunk. */
    double[][] chunks(int from, int count) {
        int end = count == 0 ? from >>> rowBits : ((from + count - 1) >>> rowBits) + 1;
        return chunks.subList(from >>> rowBits, end).toArray(new double[0][]);
    }

    /**
     * Permutes the rows of length {@link #rowLength} in place, so that the row of each place becomes the former row
     * sources[place]; other rows are dropped. Follows the chains of moves: first those that start at a place whose row
     * is not needed, then the remaining cycles.
     *
     * @param sources distinct rows, or {@link #UNIFORM}; afterwards 0, 1, 2, ..
     */
    void arrange(int[] sources) {
        others.clear();
        nulls.clear();
        if (sources.length > 0) {
            ensureChunk(sources.length - 1);
        }
        BitSet needed = new BitSet(Math.max(size, sources.length));
        for (int source : sources) {
            if (source != UNIFORM) {
                needed.set(source);
            }
        }
        size = sources.length;
        for (int place = 0; place < sources.length; place++) {
            if (!needed.get(place)) {
                fillFrom(place, sources);
            }
        }
        double[] first = new double[rowLength];
        for (int place = 0; place < sources.length; place++) {
            if (sources[place] != place) {
                System.arraycopy(array(place), start(place), first, 0, rowLength);
                int last = fillUntil(place, sources);
                System.arraycopy(first, 0, array(last), start(last), rowLength);
            }
        }
    }

    /** Fills the free place, then the place that its row came from, and so on. */
    private void fillFrom(int free, int[] sources) {
        int place = free;
        while (place < sources.length) {
            int source = sources[place];
            sources[place] = place;
            if (source == UNIFORM) {
                Arrays.fill(array(place), start(place), start(place) + rowLength, 1.0 / rowLength);
                return;
            }
            copy(source, place);
            place = source;
        }
    }

    /** Fills the places of a cycle except the one that needs the row of the first place, and returns that place. */
    private int fillUntil(int first, int[] sources) {
        int place = first;
        while (sources[place] != first) {
            int source = sources[place];
            sources[place] = place;
            copy(source, place);
            place = source;
        }
        sources[place] = place;
        return place;
    }

    private void copy(int source, int place) {
        System.arraycopy(array(source), start(source), array(place), start(place), rowLength);
    }

    private double @Nullable [] apart(int row) {
        return others.isEmpty() ? null : others.get(row);
    }
}
