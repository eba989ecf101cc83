package dev.crowdlab.cli;

import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Standard error: its lines become events where the log is structured. */
final class ErrorWriter extends VisibleWriter {

    ErrorWriter(Writer err) {
        super(err);
    }

    @Override
    public void println(@Nullable String line) {
        if (LogOutput.isStructured()) {
            LogEvents.line(String.valueOf(line));
        } else {
            super.println(line);
        }
    }
}
