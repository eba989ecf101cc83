package dev.crowdlab;

import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Where all output goes: {@code println} takes one line and shows it as {@link Visible} text, whatever it quotes. Only
 * {@code print} lets line ends and escape sequences pass, for what the program makes itself: help, and the line of progress.
 */
final class VisibleWriter extends PrintWriter {

    VisibleWriter(Writer out) {
        super(out, true);
    }

    @Override
    public void println(@Nullable String line) {
        super.println(Visible.line(String.valueOf(line)));
    }

    @Override
    public void println(@Nullable Object line) {
        println(String.valueOf(line));
    }
}
