package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.text.UsageException;
import dev.crowdlab.trial.TrialMain;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitDialogTest {

    private static final long MAX_SECONDS = 120;

    private final List<String> questions = new ArrayList<>();

    private Map<String, String> ask(String... answers) {
        return answering(questions, answers).ask();
    }

    /** A dialog with somebody who gives these answers, and then no more. */
    static InitDialog answering(List<String> questions, String... answers) {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(answers));
        return new InitDialog(new InitDialog.Terminal() {
            @Override
            public @Nullable String line(String question) {
                questions.add(question);
                return left.poll();
            }

            @Override
            public @Nullable String secret(String question) {
                return line("secret " + question);
            }
        });
    }

    @Test
    void theAnswersAreSettings() {
        assertThat(ask(" jdbc:postgresql://h/d ", "etl", "hush"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "spring.datasource.url", "jdbc:postgresql://h/d",
                        "spring.datasource.username", "etl",
                        "spring.datasource.password", "hush"));
        assertThat(questions).hasSize(3);
        assertThat(questions.get(2)).startsWith("secret Password");
    }

    @Test
    void anEmptyAnswerIsNoSetting() {
        assertThat(ask("jdbc:postgresql://h/d", "", "")).containsOnlyKeys("spring.datasource.url");
        assertThat(ask("")).isEmpty();
        assertThat(ask()).isEmpty();
    }

    @Test
    void whatIsNoUrlIsAskedForThreeTimes() {
        assertThat(ask("warehouse", "jdbc:postgresql://h/d")).containsOnlyKeys("spring.datasource.url");
        assertThat(questions.get(1)).startsWith("That does not start with jdbc:postgresql:");
        assertThatThrownBy(() -> ask("a", "b", "c", "d")).isInstanceOf(UsageException.class);
    }

    /** On a terminal, which the tool {@code script} of util-linux makes. */
    @Test
    @Tag("tools")
    void aTerminalIsAsked(@TempDir Path directory) throws Exception {
        String path = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(java.io.File.pathSeparator));
        Path answers = Files.writeString(
                directory.resolve("answers"), "jdbc:postgresql://127.0.0.1:1/nowhere?connectTimeout=1\netl\nhush\n");
        Process terminal = new ProcessBuilder(
                        "script",
                        "-qec",
                        Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -cp '"
                                + path + "' " + TrialMain.class.getName() + " init --crowdlab.retry=0s",
                        "/dev/null")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(answers.toFile())
                .start();
        String shown = new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(terminal.waitFor(MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(shown).contains("URL of the database, such as", "User (empty", "Password (not shown", "127.0.0.1:1");
        assertThat(terminal.exitValue()).as(shown).isEqualTo(5);
        assertThat(directory.resolve("application.yml")).doesNotExist();
    }
}
