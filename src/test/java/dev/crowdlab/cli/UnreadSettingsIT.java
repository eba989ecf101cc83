package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that Spring Boot itself cannot read: one sentence, exit code 2, and nothing secret. */
class UnreadSettingsIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spring.config.import              | configtree:./nosecrets/           | nosecrets
            spring.config.import              | configtree:./secrets              | secrets
            spring.config.additional-location | nofile.yml                        | nofile.yml
            logging.level.root                | loud                              | logging.level
            spring.application.json           | {"spring":{"datasource":{"x":"s3cr | spring.application.json
            """)
    void eachEndsWithTwo(String name, String value, String named) {
        Program.Result result = Program.withoutDatabase().with(name, value).call("runs");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err().lines()).as(result.err()).hasSize(1);
        assertThat(result.err()).contains(named).doesNotContain("s3cr", "\tat ");
    }

    @Test
    void aKeyThatIsGivenTwiceIsSaidToBe() throws Exception {
        Files.writeString(directory.resolve("application.yml"), "crowdlab:\n  threads: 1\n  retry: 1m\n  threads: 2\n");
        Program.Result result = Program.withoutDatabase().callInNewProcess(directory, "runs");
        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(result.out().strip())
                .isEqualTo(
                        "application.yml cannot be read: the key threads at line 4 is given twice; keep one of them");
    }

    @Test
    void aFileInAnotherEncodingIsNamedWithTheLine() throws Exception {
        Files.write(
                directory.resolve("application.yml"),
                "crowdlab:\n  retry: 1m\n  periods: week # \u00e9t\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        Program.Result result = Program.withoutDatabase().callInNewProcess(directory, "runs");
        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(result.out().strip())
                .isEqualTo("application.yml, line 3: the file is not in UTF-8; save it in that encoding");
    }
}
