package dev.crowdlab.dataset.id;

import dev.crowdlab.engine.pass.NotThreadSafe;
import it.unimi.dsi.fastutil.ints.IntList;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * External ids and their dense indices in order of arrival: an open-addressing hash table over one array of UTF-8
 * bytes, without an object per id. Not thread-safe.
 */
@NotThreadSafe
public final class IdDictionary implements Utf8Texts, Serializable {

    /** The result of {@link #find} for an id that was never added. */
    public static final int ABSENT = -1;

    /** Number of ids that are looked up together; their slots fit into the L1 cache. */
    private static final int GROUP = 512;

    private final Murmur3 hash = new Murmur3();
    private byte[] bytes = new byte[1 << 12];
    /** Id i is stored in bytes[ends[i] .. ends[i + 1]). */
    private int[] ends = new int[256];

    /**
     * The hash of the id in the upper half, its index plus one in the lower; 0 if free. At most three quarters full.
     */
    private long[] slots = new long[512];

    private int size;
    /** The index returned last: rows of one example are usually adjacent. */
    private int last;

    /** Returns the index of the id, which is added if it is new. */
    public int add(byte[] source, int from, int length) {
        return add(source, from, length, hash(source, from, length), 0);
    }

    /**
     * Appends the indices of many ids to a list; new ids are added. The first slots of a group of ids are read before
     * any of them is looked up, so that the memory accesses overlap; measured together with {@link RadixSort}.
     *
     * @param rows the rows of the column to take; all have an id
     */
    public void addAll(TextColumn column, IntList rows, IntColumn indices) {
        int[] hashes = new int[GROUP];
        long[] entries = new long[GROUP];
        for (int from = 0; from < rows.size(); from += GROUP) {
            int count = Math.min(GROUP, rows.size() - from);
            for (int place = 0; place < count; place++) {
                int row = rows.getInt(from + place);
                hashes[place] = hash(column.bytes(), column.start(row), column.length(row));
                entries[place] = slots[hashes[place] & (slots.length - 1)];
            }
            for (int place = 0; place < count; place++) {
                int row = rows.getInt(from + place);
                indices.add(add(column.bytes(), column.start(row), column.length(row), hashes[place], entries[place]));
            }
        }
    }

    /** An entry read before the table grows is still valid afterwards. */
    private int add(byte[] source, int from, int length, int hash, long entry) {
        if (size > 0 && holds(last, source, from, length)) {
            return last;
        }
        last = isOf(entry, source, from, length, hash) ? indexIn(entry) : addOrFind(source, from, length, hash);
        return last;
    }

    private boolean isOf(long entry, byte[] source, int from, int length, int hash) {
        return entry != 0 && (int) (entry >>> Integer.SIZE) == hash && holds(indexIn(entry), source, from, length);
    }

    private int hash(byte[] source, int from, int length) {
        hash.hash(source, from, length, 0);
        return (int) hash.first();
    }

    private int addOrFind(byte[] source, int from, int length, int hash) {
        int slot = slot(source, from, length, hash);
        if (slots[slot] != 0) {
            return indexIn(slots[slot]);
        }
        append(source, from, length);
        slots[slot] = (long) hash << Integer.SIZE | size;
        if (size * 4L > slots.length * 3L) {
            rehash();
        }
        return size - 1;
    }

    /** The index of the id, or {@link #ABSENT}. */
    public int find(byte[] source, int from, int length) {
        return indexIn(slots[slot(source, from, length, hash(source, from, length))]);
    }

    /**
     * Returns the indices of the ids of another dictionary, in its order, or {@link #ABSENT}; as fast as {@link
     * #addAll}.
     */
    public int[] findAll(IdDictionary other) {
        int[] hashes = new int[GROUP];
        long[] entries = new long[GROUP];
        int[] found = new int[other.size];
        for (int from = 0; from < found.length; from += GROUP) {
            int count = Math.min(GROUP, found.length - from);
            for (int place = 0; place < count; place++) {
                int id = from + place;
                hashes[place] = hash(other.bytes, other.start(id), other.length(id));
                entries[place] = slots[hashes[place] & (slots.length - 1)];
            }
            for (int place = 0; place < count; place++) {
                int id = from + place;
                found[from + place] = find(other, id, hashes[place], entries[place]);
            }
        }
        return found;
    }

    private int find(IdDictionary other, int id, int hash, long entry) {
        int start = other.start(id);
        int length = other.length(id);
        return isOf(entry, other.bytes, start, length, hash)
                ? indexIn(entry)
                : indexIn(slots[slot(other.bytes, start, length, hash)]);
    }

    /** Releases the hash table; afterwards ids can be neither added nor looked up. */
    public void endLookUps() {
        slots = new long[0];
    }

    public int find(String id) {
        byte[] source = id.getBytes(StandardCharsets.UTF_8);
        return find(source, 0, source.length);
    }

    private static int indexIn(long slot) {
        return (int) slot - 1;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int start(int index) {
        return ends[index];
    }

    @Override
    public int length(int index) {
        return ends[index + 1] - ends[index];
    }

    public String text(int index) {
        return new String(bytes, ends[index], length(index), StandardCharsets.UTF_8);
    }

    /** Returns all indices in code-point order of their ids (which is the order of their UTF-8 bytes). */
    public int[] order() {
        int[] order = new int[size];
        for (int index = 0; index < size; index++) {
            order[index] = index;
        }
        sort(order);
        return order;
    }

    /** Sorts indices by the code-point order of their ids. */
    public void sort(int[] indices) {
        new IdOrder(this).sort(indices);
    }

    private int slot(byte[] source, int from, int length, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            if (isOf(slots[slot], source, from, length, hash)) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private boolean holds(int index, byte[] source, int from, int length) {
        int start = ends[index];
        if (ends[index + 1] - start != length) {
            return false;
        }
        int offset = 0;
        for (; offset + Long.BYTES <= length; offset += Long.BYTES) {
            if (Murmur3.word(bytes, start + offset) != Murmur3.word(source, from + offset)) {
                return false;
            }
        }
        return Murmur3.tail(bytes, start + offset, start + length)
                == Murmur3.tail(source, from + offset, from + length);
    }

    private void append(byte[] source, int from, int length) {
        if (size + 1 == ends.length) {
            ends = Arrays.copyOf(ends, (int) Math.min(ArrayGrowth.MAX_LENGTH, ArrayGrowth.next(ends.length)));
        }
        bytes = ArrayGrowth.ensure(bytes, ends[size], length);
        System.arraycopy(source, from, bytes, ends[size], length);
        size++;
        ends[size] = ends[size - 1] + length;
    }

    private void rehash() {
        long[] former = slots;
        slots = new long[former.length * 2];
        int mask = slots.length - 1;
        for (long entry : former) {
            if (entry != 0) {
                int slot = (int) (entry >>> Integer.SIZE) & mask;
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    /** Compares two ids in code-point order. */
    public int compare(int left, int right) {
        return Utf8Texts.compare(this, left, this, right);
    }
}
