package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.cli.CrowdlabProgram;
import dev.crowdlab.cli.call.Shutdown;
import dev.crowdlab.cli.terminal.FishCompletionTest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The script, read by a shell that is asked to complete. */
class CompletionCommandTest {

    private static final long MAX_SECONDS = 120;

    @TempDir
    private Path directory;

    @Test
    void completesCommandsOptionsAndFormats() throws Exception {
        assertThat(completed("crowdlab", "crowdlab", "")).contains("run", "export", "config", "completion", "validate");
        assertThat(completed("crowdlab", "crowdlab", "exp")).containsExactly("export");
        assertThat(completed("crowdlab", "crowdlab", "export", "--da")).containsExactly("--dataset");
        assertThat(completed("crowdlab", "crowdlab", "export", "--format", ""))
                .containsExactlyInAnyOrder("csv", "parquet", "jsonl", "json");
        assertThat(completed("nightly-labels", "nightly-labels", "verif")).containsExactly("verify");
    }

    @Test
    void takesNoOtherShell() {
        StringWriter err = new StringWriter();
        assertThat(CrowdlabProgram.call(
                        Optional.empty(), new PrintWriter(err), new PrintWriter(err), "completion", "--shell", "csh"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--shell is 'csh'; give bash, zsh or fish");
    }

    @Test
    void takesNoNameThatAShellWouldRun() {
        StringWriter err = new StringWriter();
        assertThat(CrowdlabProgram.call(
                        Optional.empty(), new PrintWriter(err), new PrintWriter(err), "completion", "--name", "x;ls"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--name is 'x;ls'; give one word of letters, digits");
    }

    /** Whether fish itself understands it, {@link FishCompletionTest} asks where there is one. */
    @Test
    void theScriptForFishHasEveryCommandAndOption() {
        List<String> lines = script("crowdlab", "--shell", "fish").lines().toList();
        assertThat(lines)
                .allMatch(line -> line.matches("complete -c crowdlab( -?[\\w-]+| '([^'\\\\]|\\\\['\\\\])*')+"));
        CommandLine root = new CommandLine(new CrowdlabCommand(List.of(), new Shutdown(), Optional.empty()));
        assertThat(root.getSubcommands()).hasSizeGreaterThan(15);
        root.getSubcommands().forEach((command, line) -> {
            assertThat(lines).anyMatch(text -> text.contains(" -a '" + command + "' -d '"));
            line.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> assertThat(lines)
                            .anyMatch(text -> text.contains("'__fish_seen_subcommand_from " + command + "'")
                                    && text.contains(
                                            " -l " + option.longestName().substring(2) + " ")));
        });
    }

    private static String script(String name, String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("completion", "--name", name));
        arguments.addAll(List.of(words));
        int exitCode = CrowdlabProgram.call(
                Optional.empty(), new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        assertThat(exitCode).as(err.toString()).isZero();
        return out.toString();
    }

    /** What bash would offer for the last word. */
    private List<String> completed(String name, String... words) throws Exception {
        Path script = Files.writeString(directory.resolve("completion.sh"), script(name));
        String question = "source '" + script + "' && complete -p " + name + " >&2"
                + " && COMP_WORDS=(" + quoted(words) + ") && COMP_CWORD=" + (words.length - 1)
                + " && _complete_" + name + " && printf '%s\\n' \"${COMPREPLY[@]}\"";
        Process shell = new ProcessBuilder("bash", "--norc", "-c", question)
                .redirectError(directory.resolve("err.txt").toFile())
                .start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue())
                .as(Files.readString(directory.resolve("err.txt")))
                .isZero();
        return answer.lines().map(String::strip).toList();
    }

    private static String quoted(String... words) {
        return String.join(
                " ", Arrays.stream(words).map(word -> "'" + word + "'").toList());
    }
}
