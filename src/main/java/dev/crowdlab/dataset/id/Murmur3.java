package dev.crowdlab.dataset.id;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * MurmurHash3_x64_128 by Austin Appleby (SMHasher, public domain): 128 bits from a range of bytes, the same on every
 * machine. Not cryptographic: ranges with equal hashes can be constructed. Tested against the verification value of
 * SMHasher and the vectors of Guava.
 */
@NotThreadSafe
public final class Murmur3 implements Serializable {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FIRST_MULTIPLIER = 0x87C3_7B91_1142_53D5L;
    private static final long SECOND_MULTIPLIER = 0x4CF5_AD43_2745_937FL;

    private long first;
    private long second;

    /**
     * Hashes a range; replaces the previous result.
     *
     * @param seed 0 to 2^32 - 1
     */
    public void hash(byte[] bytes, int from, int length, long seed) {
        long h1 = seed;
        long h2 = seed;
        int position = from;
        int end = from + length;
        for (; position + 2 * Long.BYTES <= end; position += 2 * Long.BYTES) {
            h1 ^= firstMix(word(bytes, position));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52DC_E729;
            h2 ^= secondMix(word(bytes, position + Long.BYTES));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x3849_5AB5;
        }
        if (position + Long.BYTES <= end) {
            h1 ^= firstMix(word(bytes, position));
            h2 ^= secondMix(tail(bytes, position + Long.BYTES, end));
        } else {
            h1 ^= firstMix(tail(bytes, position, end));
        }
        finish(h1 ^ length, h2 ^ length);
    }

    private void finish(long h1, long h2) {
        long mixed1 = finalMix(h1 + h2);
        long mixed2 = finalMix(h1 + h2 + h2);
        first = mixed1 + mixed2;
        second = first + mixed2;
    }

    /** Returns to which of so many parts a text belongs by its hash; a missing one to the first. */
    public int part(Utf8Texts texts, int index, int partCount) {
        if (texts.length(index) <= 0) {
            return 0;
        }
        hash(texts.bytes(), texts.start(index), texts.length(index), 0);
        return (int) Math.floorMod(first, (long) partCount);
    }

    /** Returns the first 64 bits. */
    public long first() {
        return first;
    }

    /** Returns the last 64 bits. */
    long second() {
        return second;
    }

    private static long firstMix(long word) {
        return Long.rotateLeft(word * FIRST_MULTIPLIER, 31) * SECOND_MULTIPLIER;
    }

    private static long secondMix(long word) {
        return Long.rotateLeft(word * SECOND_MULTIPLIER, 33) * FIRST_MULTIPLIER;
    }

    private static long finalMix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return mixed ^ mixed >>> 33;
    }

    /** Returns eight bytes as a little-endian number. */
    static long word(byte[] bytes, int position) {
        return (long) WORDS.get(bytes, position);
    }

    /**
     * Returns up to seven bytes as a little-endian number, read from the eight bytes before the end if the array allows
     * it.
     */
    static long tail(byte[] bytes, int from, int end) {
        int length = end - from;
        if (length == 0) {
            return 0; // a shift by 64 would have no effect
        }
        if (end >= Long.BYTES) {
            return word(bytes, end - Long.BYTES) >>> ((Long.BYTES - length) * Byte.SIZE);
        }
        long tail = 0;
        for (int position = end - 1; position >= from; position--) {
            tail = (tail << Byte.SIZE) | (bytes[position] & 0xFF);
        }
        return tail;
    }
}
