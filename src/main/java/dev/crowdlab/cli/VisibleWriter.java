package dev.crowdlab.cli;

import dev.crowdlab.text.VisibleText;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * Where all output goes: {@code println} takes one line and shows it as {@link VisibleText} text, whatever it quotes. Only
 * {@code print} lets line ends and escape sequences pass, for what the program makes itself: help, and the line of progress.
 */
public final class VisibleWriter extends PrintWriter {

    public VisibleWriter(Writer out) {
        super(out, true);
    }

    @Override
    public void println(@Nullable String line) {
        super.println(VisibleText.line(String.valueOf(line)));
    }

    @Override
    public void println(@Nullable Object line) {
        println(String.valueOf(line));
    }
}
