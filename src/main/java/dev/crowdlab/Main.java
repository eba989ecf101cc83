package dev.crowdlab;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Entry point of the process. */
public final class Main {

    /** Flags that are settings and go to Spring Boot as they are. */
    private static final Pattern SETTING = Pattern.compile("--(spring|crowdlab|logging|debug)\\..*=.*", Pattern.DOTALL);

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(writer(FileDescriptor.out), writer(FileDescriptor.err), arguments));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, Charset.defaultCharset());
    }

    /** Runs a command and gives its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        List<String> settings = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (String argument : arguments) {
            (SETTING.matcher(argument).matches() ? settings : words).add(argument);
        }
        OrderlyEnd end = new OrderlyEnd();
        CrowdlabCommand command = new CrowdlabCommand(settings, end);
        try {
            return new CommandLine(command)
                    .setOut(new VisibleWriter(out))
                    .setErr(new VisibleWriter(err))
                    .setUsageHelpAutoWidth(true)
                    .setParameterExceptionHandler(new UsageErrors())
                    .setExecutionExceptionHandler(command::explain)
                    .execute(words.toArray(String[]::new));
        } finally {
            end.reached();
        }
    }
}
