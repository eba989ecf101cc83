package dev.crowdlab.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Passes through the lines of a CSV file but refuses a line that consists of {@code \.} outside quotes: PostgreSQL up
 * to version 17 takes it for the end of the data and silently drops the rest.
 */
final class EndMarkerGuard extends FilterInputStream {

    private enum Seen {
        LINE_START,
        BACKSLASH,
        MARKER,
        OTHER
    }

    private final Path path;
    private Seen seen = Seen.LINE_START;
    private boolean isQuoted;
    private long line = 1;

    EndMarkerGuard(InputStream input, Path path) {
        super(input);
        this.path = path;
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = super.read(bytes, offset, length);
        if (count < 0) {
            refuseMarker();
        }
        for (int position = offset; position < offset + count; position++) {
            look(bytes[position]);
        }
        return count;
    }

    private void look(byte next) {
        if (next == '\n' || next == '\r') {
            refuseMarker();
            seen = isQuoted ? Seen.OTHER : Seen.LINE_START;
            line += next == '\n' ? 1 : 0;
        } else if (seen == Seen.LINE_START && next == '\\') {
            seen = Seen.BACKSLASH;
        } else if (seen == Seen.BACKSLASH && next == '.') {
            seen = Seen.MARKER;
        } else {
            seen = Seen.OTHER;
            isQuoted ^= next == '"';
        }
    }

    private void refuseMarker() {
        if (seen == Seen.MARKER) {
            throw new BrokenFileException(path + ", line " + line
                    + ": \"\\.\" is not a row; nothing was loaded, remove that line and load the file again.");
        }
    }
}
