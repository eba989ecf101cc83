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
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Hash64() {}

    static long of(byte[] bytes, int from, int length, long seed) {
        long hash = seed + length * MULTIPLIER;
        int position = from;
        int end = from + length;
        for (; position + Long.BYTES <= end; position += Long.BYTES) {
            hash = mix(hash ^ (long) WORDS.get(bytes, position));
        }
        long tail = 0;
        for (; position < end; position++) {
            tail = (tail << Byte.SIZE) | (bytes[position] & 0xFF);
        }
        return avalanche(mix(hash ^ tail));
    }

    private static long mix(long value) {
        long product = value * MULTIPLIER;
        return product ^ product >>> 32;
    }

    private static long avalanche(long value) {
        long first = (value ^ value >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        long second = (first ^ first >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return second ^ second >>> 33;
    }
}
