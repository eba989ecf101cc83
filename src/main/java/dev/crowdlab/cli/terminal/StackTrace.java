package dev.crowdlab.cli.terminal;

import dev.crowdlab.postgres.Causes;
import dev.crowdlab.text.VisibleText;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Prints the stack trace of an error on request. Messages of YAML errors are left out, because they quote the file,
 * including secrets.
 */
public final class StackTrace {

    private StackTrace() {}

    public static String of(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        String stack = text.toString();
        for (Throwable cause : Causes.of(error)) {
            if (cause instanceof YAMLException && cause.getMessage() != null) {
                stack = stack.replace(cause.getMessage(), cause.getClass().getName());
            }
        }
        return VisibleText.lines(stack);
    }
}
