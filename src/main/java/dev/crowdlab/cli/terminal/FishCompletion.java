package dev.crowdlab.cli.terminal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The script with which fish completes commands and their options: picocli writes one for bash and zsh only. */
public final class FishCompletion {

    private final String name;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String name) {
        this.name = name;
    }

    /**
     * Returns the script.
     *
     * @param name the word by which the program is called: letters, digits, {@code _}, {@code .} and {@code -}
     */
    public static String script(String name, CommandSpec root) {
        FishCompletion script = new FishCompletion(name);
        script.lines.add("complete -c " + name + " -e");
        script.lines.add("complete -c " + name + " -f");
        root.options().forEach(option -> script.add("__fish_use_subcommand", option));
        root.subcommands().forEach((command, line) -> script.add(command, line));
        return String.join("\n", script.lines) + "\n";
    }

    private void add(String command, CommandLine line) {
        CommandSpec spec = line.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        String description = String.join(" ", spec.usageMessage().description());
        lines.add("complete -c " + name + " -n __fish_use_subcommand -a " + quoted(command) + " -d "
                + quoted(firstSentence(description)));
        spec.options().forEach(option -> add("__fish_seen_subcommand_from " + command, option));
    }

    private void add(String condition, OptionSpec option) {
        if (option.hidden()) {
            return;
        }
        String names = option.names().length == 0
                ? ""
                : List.of(option.names()).stream()
                        .map(word -> word.startsWith("--") ? " -l " + word.substring(2) : " -s " + word.substring(1))
                        .collect(Collectors.joining());
        lines.add("complete -c " + name + " -n " + quoted(condition) + names + value(option) + " -d "
                + quoted(firstSentence(String.join(" ", option.description()))));
    }

    /** The argument of the option: none, a file, one of several words, or a word that the shell cannot know. */
    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        if (option.type().equals(Path.class) || "FILE".equals(option.paramLabel())) {
            return " -r -F";
        }
        Iterable<String> candidates = option.completionCandidates();
        return candidates == null
                ? " -x"
                : " -x -a "
                        + quoted(StreamSupport.stream(candidates.spliterator(), false)
                                .collect(Collectors.joining(" ")));
    }

    private static String firstSentence(String text) {
        return text.strip()
                .replaceAll("\\s+", " ")
                .replaceFirst("(?<=[.:]) .*", "")
                .replaceFirst("[.:]$", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
