package dev.crowdlab.input;

import java.io.InputStream;
import java.nio.file.Path;

/**
 * Passes through the lines of a CSV file but refuses a line that consists of {@code \.} outside quotes: PostgreSQL up
 * to version 17 takes it for the end of the data and silently drops the rest.
 */
final class EndMarkerGuard extends ByteGuard {

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
    void end() {
        refuseMarker();
    }

    @Override
    void look(byte next) {
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
