package dev.crowdlab.dataset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A fast 64-bit hash of a range of bytes: multiply and xor-shift over little-endian words, finished with an avalanche.
 * Not cryptographic. The same on every machine.
 */
final class Hash64 {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle TAILS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Hash64() {}

    static long of(byte[] bytes, int from, int length, long seed) {
        long hash = begin(length, seed);
        int position = from;
        int end = from + length;
        for (; position + Long.BYTES <= end; position += Long.BYTES) {
            hash = next(hash, word(bytes, position));
        }
        return end(hash, tail(bytes, position, end));
    }

    /** The state before the first word. */
    static long begin(int length, long seed) {
        return seed + length * MULTIPLIER;
    }

    /** The state after one more word. */
    static long next(long hash, long word) {
        long product = (hash ^ word) * MULTIPLIER;
        return product ^ product >>> 32;
    }

    /** The hash, once the bytes behind the last whole word are known. */
    static long end(long hash, long tail) {
        return avalanche(next(hash, tail));
    }

    /** Eight bytes. */
    static long word(byte[] bytes, int position) {
        return (long) WORDS.get(bytes, position);
    }

    /** Up to seven bytes, as a big-endian number; where the array allows it cut from the eight bytes before the end. */
    static long tail(byte[] bytes, int from, int end) {
        if (end >= Long.BYTES) {
            return (long) TAILS.get(bytes, end - Long.BYTES) & ((1L << ((end - from) * Byte.SIZE)) - 1);
        }
        long tail = 0;
        for (int position = from; position < end; position++) {
            tail = (tail << Byte.SIZE) | (bytes[position] & 0xFF);
        }
        return tail;
    }

    private static long avalanche(long value) {
        long first = (value ^ value >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        long second = (first ^ first >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return second ^ second >>> 33;
    }
}
