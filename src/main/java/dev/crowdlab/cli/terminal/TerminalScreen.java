package dev.crowdlab.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The terminal on which standard output appears.
 *
 * @param writer prints there, wherever standard error goes
 * @param width in characters
 */
public record TerminalScreen(PrintWriter writer, int width) {

    private static final int FIRST_WITH_OTHER_CONSOLES = 22;

    /** The terminal of this process that can move its cursor; empty if there is none. */
    public static Optional<TerminalScreen> ofProcess() {
        return console()
                .filter(console -> movesCursor(System.getenv("TERM")))
                .map(console -> new TerminalScreen(
                        console.writer(), new UsageMessageSpec().autoWidth(true).width()));
    }

    /** The console of this process; empty if input or output is no terminal. */
    @SuppressWarnings("SystemConsoleNull") // isTerminal looks closer from Java 22 on
    public static Optional<Console> console() {
        Console console = System.console();
        return console != null && isTerminal(console) ? Optional.of(console) : Optional.empty();
    }

    /** Until Java 21 there is a console only where there is a terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return Runtime.version().feature() < FIRST_WITH_OTHER_CONSOLES
                    || Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Whether the terminal understands escape sequences. NO_COLOR is about colors only. */
    private static boolean movesCursor(@Nullable String kind) {
        boolean isWindows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return isWindows ? Ansi.AUTO.enabled() : kind != null && !kind.equals("dumb");
    }
}
