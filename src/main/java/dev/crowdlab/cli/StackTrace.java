package dev.crowdlab.cli;

import dev.crowdlab.text.VisibleText;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.yaml.snakeyaml.error.YAMLException;

/** The stack of an error, for whoever asks for it. What YAML says is left out: it quotes the file, secrets included. */
final class StackTrace {

    private StackTrace() {}

    static String of(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        String stack = text.toString();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof YAMLException && cause.getMessage() != null) {
                stack = stack.replace(cause.getMessage(), cause.getClass().getName());
            }
        }
        return VisibleText.lines(stack);
    }
}
