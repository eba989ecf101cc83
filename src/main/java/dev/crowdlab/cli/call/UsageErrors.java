package dev.crowdlab.cli.call;

import dev.crowdlab.text.Spelling;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Explains what is wrong with a command line. Quotes only the names of unknown options, because their values may be
 * passwords.
 */
public final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, Integer.class, Long.class);

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(sentence(e));
        if (isUnknownWord(e)) {
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
            err.println("The option --help explains more.");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static boolean isUnknownWord(ParameterException e) {
        return e instanceof UnmatchedArgumentException unmatched
                && (isCommand(unmatched) || unmatched.getUnmatched().stream().noneMatch(word -> word.startsWith("-")));
    }

    /** Whether the command itself is known. Arguments of an unknown command cannot be checked. */
    private static boolean isCommand(UnmatchedArgumentException e) {
        return e.getCommandLine().getParent() == null
                && !e.getUnmatched().get(0).startsWith("-");
    }

    private static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched);
        }
        if (e instanceof MissingParameterException missing) {
            List<String> names =
                    missing.getMissing().stream().map(UsageErrors::name).toList();
            return names.size() == 1
                    ? names.get(0) + " is missing; give it a value"
                    : String.join(" and ", names) + " are missing; give each a value";
        }
        ArgSpec argument = e.getArgSpec();
        String value = e.getValue();
        return argument == null
                        || value == null
                        || !NUMBERS.contains(argument.typeInfo().getType())
                ? String.valueOf(e.getMessage())
                : name(argument) + " is '" + value + "'; give a whole number";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    /**
     * An argument @file stands for the words in that file, but picocli passes it on unchanged if there is no such file.
     */
    private static String unknownWords(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        if (first.startsWith("@")) {
            return "There is no file '" + first.substring(1) + "' that can be read, for whose words " + first
                    + " stands";
        }
        CommandLine command = e.getCommandLine();
        String rest = "'; the option --help lists what there is";
        if (command.getParent() != null) {
            return "Unexpected: '" + String.join("', '", e.getUnmatched()) + rest;
        }
        return "There is no command '"
                + first
                + Spelling.nearest(first, command.getSubcommands().keySet())
                        .map(meant -> "'; did you mean " + meant + "?")
                        .orElse(rest);
    }

    private static String unknown(UnmatchedArgumentException e) {
        List<String> options = e.getUnmatched().stream()
                .filter(word -> word.startsWith("-"))
                .map(word -> word.replaceFirst("=.*", ""))
                .toList();
        if (options.isEmpty() || isCommand(e)) {
            return unknownWords(e);
        }
        return options.stream().collect(Collectors.joining("', '", "Unknown option '", "'"))
                + "; a setting is given as --name=value, in one word";
    }
}
