package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Queries in files beside the settings. */
class QueryFilesIT {

    private static final String SETTINGS = """
            crowdlab.datasets.filed:
              annotations-query: file:queries/votes.sql
              predictions-query: file:../shared.sql
            """;

    @TempDir
    private Path directory;

    private Path settings;

    @BeforeEach
    void writeFiles() throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        settings = Files.writeString(config.resolve("other.yml"), SETTINGS);
        Files.createDirectory(config.resolve("queries"));
        Files.writeString(config.resolve("queries/votes.sql"), """
                \ufeff-- the votes; ${nobody} replaces nothing here
                select example_id, annotator_id, label from crowdlab.annotation where dataset = 'fruit'; -- ä
                """);
        Files.writeString(
                directory.resolve("shared.sql"),
                "select example_id, label, probability from crowdlab.prediction where dataset = 'fruit'");
    }

    private Result call(Warehouse warehouse, String... words) {
        return warehouse
                .program()
                .with("spring.config.additional-location", settings.toString())
                .call(words);
    }

    @Test
    void theyAreReadRecordedAndCompared() throws Exception {
        try (Warehouse warehouse = Warehouse.with("fruit")) {
            Result run = call(warehouse, "run", "--dataset", "filed");
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(warehouse.column("select settings ->> 'annotations_query' from crowdlab.run"))
                    .singleElement()
                    .asString()
                    .startsWith("-- the votes; ${nobody}")
                    .contains("-- ä");
            assertThat(call(warehouse, "run", "--dataset", "filed").out()).contains("nothing new");
            Files.writeString(
                    directory.resolve("shared.sql"),
                    "select example_id, label, probability from crowdlab.prediction where dataset = 'fruit' -- other");
            assertThat(call(warehouse, "run", "--dataset", "filed").out()).contains("published");
        }
    }

    @Test
    void whatCannotBeReadIsTold() throws Exception {
        Path votes = settings.resolveSibling("queries/votes.sql");
        Files.delete(votes);
        Files.write(directory.resolve("shared.sql"), new byte[] {'s', (byte) 0xe4});
        try (Warehouse warehouse = Warehouse.with()) {
            Result run = call(warehouse, "run");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().lines())
                    .containsExactly(
                            "crowdlab.datasets.filed.annotations-query: there is no file " + votes
                                    + "; the path begins where the file with this setting is, or in the working directory"
                                    + " (other.yml, line 2)",
                            "crowdlab.datasets.filed.predictions-query: file ../shared.sql is not UTF-8; save it as UTF-8"
                                    + " (other.yml, line 3)");
            Files.createDirectory(votes);
            assertThat(call(warehouse, "run").err()).contains(votes + " is a directory; name a file with a query");
        }
    }

    @Test
    void aFileThatIsNoQueryIsRefused() throws Exception {
        Files.write(settings.resolveSibling("queries/votes.sql"), "select 1".getBytes(StandardCharsets.UTF_16LE));
        Files.write(directory.resolve("shared.sql"), new byte[(1 << 20) + 1]);
        try (Warehouse warehouse = Warehouse.with()) {
            Result run = call(warehouse, "run");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains(
                            "file queries/votes.sql is not UTF-8, as it has a character NUL; save it as UTF-8",
                            "shared.sql is longer than 1 MB; name a file with a query");
        }
    }

    @Test
    void aQueryWithNulIsRefused() throws Exception {
        Files.writeString(settings, "crowdlab.datasets.plain.annotations-query: \"select 1\\0\"\n");
        try (Warehouse warehouse = Warehouse.with()) {
            Result run = call(warehouse, "run");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("crowdlab.datasets.plain.annotations-query: has a character NUL; leave it out");
        }
    }

    /** Whose size the system gives as 0. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aDeviceThatNeverEndsIsRefused() throws Exception {
        Files.writeString(settings, "crowdlab.datasets.plain.annotations-query: file:/dev/zero\n");
        try (Warehouse warehouse = Warehouse.with()) {
            Result run = call(warehouse, "run");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err()).contains("/dev/zero is longer than 1 MB; name a file with a query");
        }
    }
}
