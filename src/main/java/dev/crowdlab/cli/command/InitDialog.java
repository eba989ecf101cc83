package dev.crowdlab.cli.command;

import dev.crowdlab.cli.terminal.TerminalScreen;
import dev.crowdlab.init.FoundInput;
import dev.crowdlab.text.UsageException;
import dev.crowdlab.text.VisibleText;
import java.io.Console;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user at a terminal in which database {@code init} looks for tables, and which of several candidates it uses.
 */
final class InitDialog {

    private static final int MAX_QUESTIONS = 3;
    private static final int MAX_TABLES = 20;
    private static final int NONE = -1;

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
            put(answers, "spring.datasource.username", terminal.line("User (empty: as in the URL): "));
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

    /**
     * Asks which table has the annotations, and which the predictions, if several look like it. An empty answer, or
     * none, is the likeliest.
     *
     * @return the same with the chosen tables first
     */
    FoundInput choose(FoundInput found) {
        if (found.projects().datasetCount() > 0) {
            return found;
        }
        int annotations = place(
                "Several tables look like annotations: who gave which label to which example.",
                found.annotationTables(),
                false);
        FoundInput chosen = annotations == 0 ? found : found.preferringAnnotations(annotations);
        int predictions = place(
                "Several tables look like predictions: what a classifier says about an example.",
                chosen.predictionTables(),
                true);
        if (predictions == NONE) {
            return chosen.withoutPredictions();
        }
        return predictions == 0 ? chosen : chosen.preferringPredictions(predictions);
    }

    /** Asks for one of several tables, and returns its place, from 0; {@link #NONE} for none of them. */
    private int place(String reason, List<String> tables, boolean mayBeNone) {
        if (tables.size() < 2) {
            return 0;
        }
        int shown = Math.min(tables.size(), MAX_TABLES);
        StringBuilder text = new StringBuilder(reason);
        for (int place = 0; place < shown; place++) {
            text.append(System.lineSeparator())
                    .append(String.format(Locale.ROOT, "%4d  ", place + 1))
                    .append(VisibleText.line(tables.get(place)));
        }
        String which = "Which one, 1 to " + shown + (mayBeNone ? ", or 0 for none" : "") + " (empty: 1): ";
        String question = text + System.lineSeparator() + which;
        for (int asked = 0; asked < MAX_QUESTIONS; asked++) {
            String line = terminal.line(question);
            String answer = line == null ? "" : line.strip();
            if (answer.isEmpty()) {
                return 0;
            }
            if (answer.matches("[0-9]{1,2}")
                    && Integer.parseInt(answer) <= shown
                    && (mayBeNone || !answer.matches("0+"))) {
                return Integer.parseInt(answer) - 1;
            }
            question = "That is not one of the numbers. " + which;
        }
        throw new UsageException("no table was chosen");
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
