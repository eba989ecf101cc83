package dev.crowdlab.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream that remembers what could not be written, since writers of text say nothing of it. */
public final class WatchedOutput extends FilterOutputStream {

    /** What the system says of a reader that has seen enough, such as {@code head}. */
    private static final String READER_GONE = "Broken pipe";

    private @Nullable IOException first;

    public WatchedOutput(OutputStream target) {
        super(target);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            first = first == null ? e : first;
            throw e;
        }
    }

    /** Why something was lost that its reader waits for; empty if nothing was. */
    public Optional<String> loss() {
        return Optional.ofNullable(first)
                .map(loss -> String.valueOf(loss.getMessage()))
                .filter(reason -> !reason.equals(READER_GONE));
    }
}
