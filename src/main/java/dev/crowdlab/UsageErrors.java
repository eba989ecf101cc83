package dev.crowdlab;

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

/** Says what is wrong with a command line. Of unknown options only the names: what follows them may be a password. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, Integer.class, Long.class);

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(sentence(e));
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            err.print("Usage: " + command.getHelp().synopsis("Usage: ".length()));
            err.println("The option --help tells more.");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String sentence(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched);
        }
        if (e instanceof MissingParameterException missing) {
            return missing.getMissing().stream().map(UsageErrors::name).collect(Collectors.joining(" and "))
                    + " is missing; give it a value";
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

    private static String unknown(UnmatchedArgumentException e) {
        List<String> options = e.getUnmatched().stream()
                .filter(word -> word.startsWith("-"))
                .map(word -> word.replaceFirst("=.*", ""))
                .toList();
        if (options.isEmpty()) {
            String what =
                    e.getCommandLine().getParent() == null ? "There is no command '" : "Nothing is known to do with '";
            return what + String.join("', '", e.getUnmatched()) + "'; the option --help names what there is";
        }
        return options.stream().collect(Collectors.joining("', '", "Unknown option '", "'"))
                + "; a setting is given as --name=value, in one word";
    }
}
