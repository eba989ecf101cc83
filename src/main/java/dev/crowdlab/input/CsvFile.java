package dev.crowdlab.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A CSV file after its header was read. Compressed or not; in UTF-8, with or without a byte order mark; lines end in
 * LF, CR LF or CR.
 */
final class CsvFile implements AutoCloseable {

    /** Stands for standard input instead of a file. */
    static final Path STANDARD_INPUT = Path.of("-");

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] GZIP_MAGIC = {0x1f, (byte) 0x8b};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] UTF_16_BIG = {(byte) 0xfe, (byte) 0xff};
    private static final byte[] UTF_16_LITTLE = {(byte) 0xff, (byte) 0xfe};
    private static final int MAX_HEADER_LENGTH = 10_000;

    private final Path path;
    private final InputStream input;
    private final CsvHeader header;

    private CsvFile(Path path, InputStream input, CsvHeader header) {
        this.path = path;
        this.input = input;
        this.header = header;
    }

    /**
     * Opens the file and reads its header.
     *
     * @param mapping names in the file by column of the table, where they differ
     * @throws BrokenFileException if it cannot be read, or its columns are not those of the table
     */
    static CsvFile open(Path path, InputTable table, Map<String, String> mapping) {
        if (path.equals(STANDARD_INPUT)) {
            return openInput(table, mapping);
        }
        if (Files.isDirectory(path)) {
            throw new BrokenFileException(path + " is a directory; give the path of a CSV file.");
        }
        try {
            return open(path, table, mapping, new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES));
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static CsvFile openInput(InputTable table, Map<String, String> mapping) {
        Path name = Path.of("standard input");
        try {
            return open(name, table, mapping, new BufferedInputStream(System.in, BUFFER_BYTES));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static CsvFile open(Path path, InputTable table, Map<String, String> mapping, InputStream raw)
            throws IOException {
        try {
            InputStream input = decompressed(raw);
            if (startsWith(input, BYTE_ORDER_MARK)) {
                input.skipNBytes(BYTE_ORDER_MARK.length);
            }
            if (startsWith(input, UTF_16_BIG) || startsWith(input, UTF_16_LITTLE)) {
                throw new BrokenFileException(path + " is in UTF-16; save it as CSV in UTF-8.");
            }
            return new CsvFile(path, input, CsvHeader.of(path, table, mapping, header(path, input)));
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** The line of column names. */
    CsvHeader header() {
        return header;
    }

    /** The header and all lines after it. */
    InputStream lines() {
        return TimeGuard.of(new EndMarkerGuard(input, path), path, header);
    }

    static BrokenFileException unreadable(Path path, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new BrokenFileException(path + " does not exist; give the path of a CSV file.", e);
        }
        String reason = e instanceof AccessDeniedException ? "no permission" : String.valueOf(e.getMessage());
        return new BrokenFileException(
                path + " cannot be read to its end (" + reason + "); nothing was loaded, give a complete file.", e);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private static InputStream decompressed(InputStream raw) throws IOException {
        return startsWith(raw, GZIP_MAGIC)
                ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER_BYTES), BUFFER_BYTES)
                : raw;
    }

    private static boolean startsWith(InputStream input, byte[] prefix) throws IOException {
        input.mark(prefix.length);
        boolean starts = Arrays.equals(input.readNBytes(prefix.length), prefix);
        input.reset();
        return starts;
    }

    /** Reads the first line, without its end, and rewinds the stream to its beginning. */
    private static String header(Path path, InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean isQuoted = false;
        input.mark(MAX_HEADER_LENGTH);
        for (int next = input.read(); next >= 0 && (isQuoted || !isLineEnd(next)); next = input.read()) {
            isQuoted ^= next == '"';
            line.write(next);
            if (line.size() == MAX_HEADER_LENGTH) {
                throw new BrokenFileException(path + " has no line of column names within its first "
                        + MAX_HEADER_LENGTH + " bytes; give a CSV file with a header.");
            }
        }
        input.reset();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BrokenFileException(
                    path + ", line 1: the column names are not in UTF-8; save the file as CSV in UTF-8.", e);
        }
    }

    private static boolean isLineEnd(int next) {
        return next == '\n' || next == '\r';
    }
}
