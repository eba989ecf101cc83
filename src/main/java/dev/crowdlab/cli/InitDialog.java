package dev.crowdlab.cli;

import java.io.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks whoever sits at a terminal which database {@code init} is to look at. */
final class InitDialog {

    private static final int MAX_QUESTIONS = 3;

    private final Terminal terminal;

    InitDialog(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Where questions are asked. An answer is null when there are no more. */
    interface Terminal {

        /** Asks for a line. */
        @Nullable
        String line(String question);

        /** Asks for a line that is not shown. */
        @Nullable
        String secret(String question);
    }

    /** The dialog on the terminal of this process; empty if input or output is none. */
    static Optional<InitDialog> ofProcess() {
        return TerminalScreen.console().map(console -> new InitDialog(new ConsoleTerminal(console)));
    }

    /** The settings that are answered, by name; none if no database is named. */
    Map<String, String> ask() {
        Map<String, String> answers = new LinkedHashMap<>();
        String url = url();
        if (!url.isEmpty()) {
            answers.put("spring.datasource.url", url);
            put(answers, "spring.datasource.username", terminal.line("User (empty: as the URL says): "));
            put(
                    answers,
                    "spring.datasource.password",
                    terminal.secret("Password (not shown, and not written; empty: none): "));
        }
        return answers;
    }

    private String url() {
        String question =
                "URL of the database, such as jdbc:postgresql://localhost:5432/warehouse (empty: write an example): ";
        for (int asked = 0; asked < MAX_QUESTIONS; asked++) {
            String answer = terminal.line(question);
            String url = answer == null ? "" : answer.strip();
            if (url.isEmpty() || url.startsWith("jdbc:postgresql:")) {
                return url;
            }
            question = "That does not start with jdbc:postgresql:. URL (empty: write an example): ";
        }
        throw new UsageException("no URL was given that starts with jdbc:postgresql:");
    }

    private static void put(Map<String, String> answers, String name, @Nullable String answer) {
        if (answer != null && !answer.isEmpty()) {
            answers.put(name, answer);
        }
    }

    private record ConsoleTerminal(Console console) implements Terminal {

        @Override
        public @Nullable String line(String question) {
            return console.readLine("%s", question);
        }

        @Override
        public @Nullable String secret(String question) {
            char[] answer = console.readPassword("%s", question);
            return answer == null ? null : new String(answer);
        }
    }
}
