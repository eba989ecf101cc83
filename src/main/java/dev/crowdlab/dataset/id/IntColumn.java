package dev.crowdlab.dataset.id;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A column of numbers in chunks that never move, so that growing copies nothing and wastes no memory. Not thread-safe
 * while it grows.
 */
@NotThreadSafe
public final class IntColumn implements Serializable {

    private static final int CHUNK_BITS = 20;
    private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
    private static final int FIRST_SIZE = 64;

    private int[][] chunks = new int[FIRST_SIZE][];
    private int[] last = new int[0];
    /** How much of the last chunk is in use. */
    private int used;

    private int chunkCount;

    public void add(int number) {
        if (used == last.length) {
            grow();
        }
        last[used++] = number;
    }

    /** Appends this many zeros. */
    public void addZeros(int count) {
        for (int zero = 0; zero < count; zero++) {
            add(0);
        }
    }

    public int get(int index) {
        return chunks[index >>> CHUNK_BITS][index & (CHUNK_SIZE - 1)];
    }

    public int size() {
        return chunkCount == 0 ? 0 : ((chunkCount - 1) << CHUNK_BITS) + used;
    }

    public boolean isEmpty() {
        return chunkCount == 0;
    }

    /** Releases all numbers. */
    public void clear() {
        chunks = new int[FIRST_SIZE][];
        last = new int[0];
        used = 0;
        chunkCount = 0;
    }

    /** The first chunk starts small, for small datasets. */
    private void grow() {
        if (chunkCount == 1 && last.length < CHUNK_SIZE) {
            last = Arrays.copyOf(last, Math.min(CHUNK_SIZE, last.length * 4));
        } else {
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunkCount * 2);
            }
            last = new int[chunkCount == 0 ? FIRST_SIZE : CHUNK_SIZE];
            used = 0;
            chunkCount++;
        }
        chunks[chunkCount - 1] = last;
    }
}
