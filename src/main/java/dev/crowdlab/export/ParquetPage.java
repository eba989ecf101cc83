package dev.crowdlab.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * The body of a page.
 *
 * @param byteCount its bytes before they are compressed
 * @param compressed its bytes as gzip
 */
record ParquetPage(int byteCount, ByteArrayOutputStream compressed) {

    /** Levels with their length in front, then the values that are there. */
    static ParquetPage of(PresenceLevels levels, PlainValues values) throws IOException {
        ByteBuffer present = levels.encoded();
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, present.remaining());
        ByteBuffer plain = values.encoded();
        int byteCount = length.remaining() + present.remaining() + plain.remaining();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Fast compressed = new Fast(bytes)) {
            write(compressed, length);
            write(compressed, present);
            write(compressed, plain);
        }
        return new ParquetPage(byteCount, bytes);
    }

    private static void write(OutputStream out, ByteBuffer bytes) throws IOException {
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /** Gzip at its fastest: half the time of its default, for files that are a tenth larger. */
    private static final class Fast extends GZIPOutputStream {

        private static final int BUFFER_BYTES = 1 << 13;

        Fast(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
