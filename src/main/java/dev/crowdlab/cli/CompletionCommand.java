package dev.crowdlab.cli;

import static java.util.Objects.requireNonNull;

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
            "Prints a script by which bash and zsh complete the commands and their options. Read it in when a shell starts:",
            "",
            "  source <(crowdlab completion)",
            ""
        })
final class CompletionCommand implements Callable<Integer> {

    /** Goes into the script, in places where a shell would take other characters for its own. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    @ParentCommand
    private @Nullable CrowdlabCommand parent;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "crowdlab",
            description = "The word by which you call the program, a script or an alias. Default: ${DEFAULT-VALUE}.")
    private String name = "";

    @Override
    public Integer call() {
        if (!NAME.matcher(name).matches()) {
            throw new UsageException("--name is '" + name + "'; give one word of letters, digits, '.', '_' and '-'");
        }
        CrowdlabCommand command = requireNonNull(parent);
        command.out().print(AutoComplete.bash(name, requireNonNull(spec).root().commandLine()));
        command.out().flush();
        return ExitCode.OK;
    }
}
