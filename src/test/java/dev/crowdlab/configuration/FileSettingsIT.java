package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file of settings must not set, so that who can write one cannot have code executed or addresses fetched. */
class FileSettingsIT {

    private static final String ADVICE =
            ": cannot be set in a file; remove it, or set it by a flag or in the environment";

    @TempDir
    private Path directory;

    @Test
    void aFileInTheWorkingDirectoryCannotConfigureTheLog() throws Exception {
        Path written = directory.resolve("written-by-the-log");
        Path log = Files.writeString(directory.resolve("log.xml"), """
                <configuration>
                  <appender name="file" class="ch.qos.logback.core.FileAppender">
                    <file>%s</file>
                    <encoder><pattern>%%msg%%n</pattern></encoder>
                  </appender>
                  <root level="debug"><appender-ref ref="file"/></root>
                </configuration>
                """.formatted(written));
        Program program = Program.withoutDatabase();
        Files.writeString(directory.resolve("application.yml"), "logging.config: " + log + "\n");
        Result refused = program.callInNewProcess(directory, "config");
        assertThat(refused.out().strip()).isEqualTo("logging.config" + ADVICE + " (application.yml, line 1)");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(written).doesNotExist();

        Files.delete(directory.resolve("application.yml"));
        Result allowed = program.with("logging.config", log.toString()).callInNewProcess(directory, "config");
        assertThat(allowed.exitCode()).as(allowed.out()).isZero();
        assertThat(written).as("as a flag it does what it is meant for").exists();
    }

    @Test
    void aFileCannotImportAnotherEvenIfThatIsOptional() throws Exception {
        Files.writeString(directory.resolve("other.yml"), "crowdlab.threads: 7\n");
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(
                directory.resolve("config/application.properties"), "\nspring.config.import=optional:file:other.yml\n");
        Result refused = Program.withoutDatabase().callInNewProcess(directory, "config");
        assertThat(refused.out().strip())
                .isEqualTo("spring.config.import" + ADVICE + " (application.properties, line 2)");
        assertThat(refused.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.config.import: http://127.0.0.1:1/there.yml",
                "spring.config.import: [configtree:./secrets/]",
                "spring.config.location: other.yml",
                "spring.config.activate.on-profile: '!x'",
                "spring.profiles.active: x",
                "spring.profiles.include: [x]",
                "spring.main.sources: java.lang.String",
                "spring.main.banner-mode: console",
                "spring.autoconfigure.exclude: org.example.Any",
                "spring.application.json: '{}'",
                "spring.batch.job.enabled: true",
                "spring.data.redis.url: redis://there",
                "spring.datasource.jndi-name: ldap://there/x",
                "spring.datasource.hikari.data-source-class-name: org.example.Any",
                "logging: {config: log.xml}",
                "Logging.Config: log.xml",
                "'logging[config]': log.xml",
                "logging.structured.json.customizer: org.example.Any",
                "logging.logback.rollingpolicy.clean-history-on-start: true",
                "context.initializer.classes: org.example.Any",
                "debug: true",
                "server.port: 80"
            })
    void whatNoFileNeedsIsRefused(String line) throws IOException {
        Files.writeString(directory.resolve("application.yml"), "crowdlab.threads: 2\n" + line + "\n");
        Result result = inDirectory().call("config");
        assertThat(result.err().lines()).as(result.err()).hasSize(1);
        assertThat(result.err().strip())
                .matches("(?s).*(cannot be set in a file; remove it, or|there is no such setting; spring.datasource has"
                        + " url, username and password).*");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void aSectionThatLacksItsParentIsToldWhereItBelongs() throws IOException {
        Files.writeString(
                directory.resolve("application.yml"),
                "datasets:\n  reviews:\n    classes: [a, b]\nretention.runs: 3\n");
        assertThat(inDirectory().call("config").err().lines())
                .containsExactly(
                        "datasets.reviews.classes: there is no such setting; did you mean crowdlab.datasets.reviews.classes?"
                                + " (application.yml, line 3)",
                        "retention.runs: there is no such setting; did you mean crowdlab.retention.runs?"
                                + " (application.yml, line 4)");
    }

    @Test
    void theSettingsOfThePagesAreAllowed() throws IOException {
        Files.writeString(directory.resolve("application.yml"), """
                spring.datasource: {url: 'jdbc:postgresql://there/x', username: a, password: b}
                crowdlab.threads: 2
                logging:
                  level: {root: warn, dev.crowdlab: info}
                  file.name: %s
                  pattern: {console: '%%msg%%n', file: '%%msg%%n'}
                  charset.file: UTF-8
                  threshold.console: warn
                  structured.format.file: ecs
                  structured.ecs.service.name: night
                  logback.rollingpolicy: {max-file-size: 1MB, max-history: 3, total-size-cap: 10MB}
                """.formatted(directory.resolve("night.log")));
        Result result = inDirectory().call("config");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("jdbc:postgresql://there/x");
    }

    private Program inDirectory() {
        return Program.withoutDatabase().with("spring.config.additional-location", "file:" + directory + "/");
    }
}
