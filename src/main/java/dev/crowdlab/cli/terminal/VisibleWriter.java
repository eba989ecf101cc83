package dev.crowdlab.cli.terminal;

import dev.crowdlab.text.VisibleText;
import java.io.PrintWriter;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/**
 * The writer for all output: {@code println} takes one line and makes it safe with {@link VisibleText}. Only {@code
 * print} passes line ends and escape sequences through, for text that the program creates itself, such as help and the
 * progress line.
 */
public class VisibleWriter extends PrintWriter {

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
