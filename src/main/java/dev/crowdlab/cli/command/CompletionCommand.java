package dev.crowdlab.cli.command;

import static java.util.Objects.requireNonNull;

import dev.crowdlab.cli.call.ProgramCall;
import dev.crowdlab.cli.terminal.ExitCode;
import dev.crowdlab.cli.terminal.FishCompletion;
import dev.crowdlab.text.UsageException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code completion}: lets a shell complete commands and options. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script with which bash, zsh or fish complete the commands and their options.",
            "",
            "Load it when a shell starts:",
            "",
            "  source <(crowdlab completion)",
            "  crowdlab completion --shell fish | source",
            ""
        })
final class CompletionCommand implements Callable<Integer> {

    /** A name that can be written into the script, since a shell gives other characters a meaning of its own. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    @ParentCommand
    private @Nullable ProgramCall parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "crowdlab",
            description = "The word by which you call the program, a script or an alias. Default: ${DEFAULT-VALUE}.")
    private String name = "";

    @Option(
            names = "--shell",
            paramLabel = "SHELL",
            defaultValue = "bash",
            completionCandidates = Shells.class,
            description = "bash, zsh or fish. Default: ${DEFAULT-VALUE}, whose script also works in zsh.")
    private String shell = "";

    /** The shells for which there is a script. */
    private static final class Shells implements Iterable<String> {

        private static final List<String> NAMES = List.of("bash", "zsh", "fish");

        @Override
        public Iterator<String> iterator() {
            return NAMES.iterator();
        }
    }

    @Override
    public Integer call() {
        if (!NAME.matcher(name).matches()) {
            throw new UsageException("--name is '" + name + "'; give one word of letters, digits, '.', '_' and '-'");
        }
        if (!Shells.NAMES.contains(shell)) {
            throw new UsageException("--shell is '" + shell + "'; give bash, zsh or fish");
        }
        ProgramCall command = requireNonNull(parent);
        CommandSpec root = requireNonNull(spec).root();
        command.out()
                .print(
                        shell.equals("fish")
                                ? FishCompletion.script(name, root)
                                : AutoComplete.bash(name, root.commandLine()));
        command.out().flush();
        return ExitCode.OK;
    }
}
