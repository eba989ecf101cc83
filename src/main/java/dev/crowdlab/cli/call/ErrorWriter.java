package dev.crowdlab.cli.call;

import dev.crowdlab.cli.terminal.LogEvents;
import dev.crowdlab.cli.terminal.LogOutput;
import dev.crowdlab.cli.terminal.VisibleWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Standard error: its lines become events where the log is structured. */
public final class ErrorWriter extends VisibleWriter {

    public ErrorWriter(Writer err) {
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
