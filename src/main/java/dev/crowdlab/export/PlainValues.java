package dev.crowdlab.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Values as Parquet's encoding PLAIN has them: numbers little-endian, texts with their length in front, booleans as
 * bits, the first of them the lowest. Each method that adds returns true: a value is there.
 */
final class PlainValues {

    private static final int BEGIN_BYTES = 1 << 12;

    private ByteBuffer bytes = ByteBuffer.allocate(BEGIN_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Bits so far that do not fill a byte, and their number. */
    private int bits;

    private int bitCount;

    boolean addInt(int value) {
        room(Integer.BYTES).putInt(value);
        return true;
    }

    boolean addLong(long value) {
        room(Long.BYTES).putLong(value);
        return true;
    }

    boolean addText(byte[] text) {
        room(Integer.BYTES + text.length).putInt(text.length).put(text);
        return true;
    }

    boolean addBit(boolean value) {
        bits |= (value ? 1 : 0) << bitCount;
        bitCount++;
        if (bitCount == Byte.SIZE) {
            finishByte();
        }
        return true;
    }

    private void finishByte() {
        room(1).put((byte) bits);
        bits = 0;
        bitCount = 0;
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            int position = bytes.position();
            int size = Math.max(2 * bytes.capacity(), Math.addExact(position, count));
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .position(position);
        }
        return bytes;
    }

    int byteCount() {
        return bytes.position();
    }

    /** The bytes, valid until the next value is added. */
    ByteBuffer encoded() {
        if (bitCount > 0) {
            finishByte();
        }
        return bytes.duplicate().flip();
    }

    void clear() {
        bytes.clear();
        bits = 0;
        bitCount = 0;
    }
}
