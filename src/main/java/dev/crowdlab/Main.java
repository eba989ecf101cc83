package dev.crowdlab;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine;

/** Entry point of the process. */
public final class Main {

    /** Flags that are settings and go to Spring Boot as they are. */
    private static final Pattern SETTING = Pattern.compile("--(spring|crowdlab|logging|debug)\\..*=.*", Pattern.DOTALL);

    private static final long LONGEST_END_SECONDS = 40;

    private Main() {}

    public static void main(String[] arguments) {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(ended), "crowdlab-end"));
        int exitCode;
        try {
            exitCode = execute(writer(FileDescriptor.out), writer(FileDescriptor.err), arguments);
        } finally {
            ended.countDown();
        }
        System.exit(exitCode);
    }

    /** On a signal the process goes only when the command has come to its end, with the embedded database stopped. */
    private static void await(CountDownLatch ended) {
        try {
            if (!ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                return; // it hangs; the next run clears up
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        CrowdlabCommand command = new CrowdlabCommand(settings);
        return new CommandLine(command)
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(command::explain)
                .execute(words.toArray(String[]::new));
    }
}
