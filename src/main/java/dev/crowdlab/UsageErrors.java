package dev.crowdlab;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line. Of unknown options only the names: what follows them may be a password. */
final class UsageErrors implements CommandLine.IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e instanceof UnmatchedArgumentException unmatched ? unknown(unmatched) : e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            command.usage(err);
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static String unknown(UnmatchedArgumentException e) {
        List<String> options = e.getUnmatched().stream()
                .filter(word -> word.startsWith("-"))
                .map(word -> word.replaceFirst("=.*", ""))
                .toList();
        if (options.isEmpty()) {
            return String.valueOf(e.getMessage());
        }
        return options.stream().collect(Collectors.joining("', '", "Unknown option '", "'"))
                + "; a setting is given as --name=value, in one word";
    }
}
