package dev.crowdlab.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.cli.CrowdlabProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script for fish, read by a fish on the PATH that is asked to complete. */
@Tag("tools")
public class FishCompletionTest {

    private static final long MAX_SECONDS = 120;

    @TempDir
    private Path directory;

    @Test
    void completesCommandsOptionsFormatsAndFiles() throws Exception {
        Files.writeString(directory.resolve("labels.csv"), "");
        assertThat(completed("crowdlab ")).contains("run", "export", "config", "completion", "validate");
        assertThat(completed("crowdlab exp")).containsExactly("export");
        assertThat(completed("crowdlab export --dat")).containsExactly("--dataset");
        assertThat(completed("crowdlab run --da")).containsExactly("--dataset");
        assertThat(completed("crowdlab export --format ")).containsExactlyInAnyOrder("csv", "parquet", "jsonl", "json");
        assertThat(completed("crowdlab export --out lab")).containsExactly("labels.csv");
        assertThat(completed("crowdlab show ")).isEmpty();
        assertThat(completed("crowdlab completion --shell f")).containsExactly("fish");
    }

    /** What fish offers to complete the line, without the descriptions. */
    private List<String> completed(String line) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(CrowdlabProgram.call(
                        Optional.empty(), new PrintWriter(out), new PrintWriter(err), "completion", "--shell", "fish"))
                .as(err.toString())
                .isZero();
        Path script = Files.writeString(directory.resolve("crowdlab.fish"), out.toString());
        Process shell = new ProcessBuilder(
                        "fish", "--no-config", "-c", "source '" + script + "'; complete -C '" + line + "'")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(answer).isZero();
        return answer.lines().map(offer -> offer.replaceFirst("\t.*", "")).toList();
    }
}
