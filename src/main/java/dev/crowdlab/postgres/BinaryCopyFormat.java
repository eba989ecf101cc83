package dev.crowdlab.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What rows read and rows written by binary COPY have in common: a header, per row the number of its fields, per field its
 * length and then its bytes, and a trailer; numbers are big-endian. PostgreSQL documentation, COPY, "Binary Format".
 */
public final class BinaryCopyFormat {

    /** Signature, flags, and the length of an empty extension. */
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** The length of the header. */
    public static final int HEADER_BYTES = HEADER.length;

    /** What stands in the place of a field's length if the field is null. */
    public static final int NULL_FIELD = -1;

    /** What stands in the place of a row's number of fields when there are no more rows. */
    public static final short END_OF_ROWS = -1;

    /** Reads and writes a number of fields in an array of bytes. */
    public static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /** Reads and writes a length or an integer. */
    public static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Reads and writes a bigint, a timestamp, or the bits of a double precision. */
    public static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BinaryCopyFormat() {}

    /** A copy of the header. */
    public static byte[] header() {
        return HEADER.clone();
    }

    /** The trailer, made anew. */
    public static byte[] trailer() {
        return new byte[] {END_OF_ROWS, END_OF_ROWS};
    }
}
