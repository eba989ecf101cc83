package dev.crowdlab.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The binary COPY format: a header, per row the number of fields, per field its length and then its bytes, and a
 * trailer; numbers are big-endian. See the PostgreSQL documentation, COPY, "Binary Format".
 */
public final class BinaryCopyFormat {

    /** Signature, flags, and the length of an empty extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** The length of the header in bytes. */
    public static final int HEADER_BYTES = HEADER.length;

    /** The length that marks a null field. */
    public static final int NULL_FIELD = -1;

    /** The number of fields that marks the end of the rows. */
    public static final short END_OF_ROWS = -1;

    /** Reads and writes a number of fields in a byte array. */
    public static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /** Reads and writes a length or an integer in a byte array. */
    public static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Reads and writes a bigint, a timestamp, or the bits of a double precision in a byte array. */
    public static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BinaryCopyFormat() {}

    /** Returns a copy of the header. */
    public static byte[] header() {
        return HEADER.clone();
    }

    /** Returns a new copy of the trailer. */
    public static byte[] trailer() {
        return new byte[] {END_OF_ROWS, END_OF_ROWS};
    }
}
