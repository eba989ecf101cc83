package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportIT {

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private Path folder;

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouse.with("fruit", "other");
        folder = directory.resolve("reports");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    @Test
    void theNightEndsWithReportsOnAllDatasets() throws IOException {
        assertThat(run(0, "--dataset", "fruit").out())
                .contains("Wrote the overview of 2 datasets to " + folder.resolve("index.html"));
        assertThat(Files.readString(folder.resolve("index.html")))
                .contains("fruit-run-1.html", "<b>1 of 2 datasets needs somebody:</b> 1 has no result in use.");
        run(0);
        assertThat(Files.readString(folder.resolve("index.html"))).contains("All 2 datasets are up to date.");
    }

    @Test
    void aRefusedNightIsReportedWithItsOwnExitCode() throws IOException {
        Result result = warehouse
                .program()
                .with("crowdlab.datasets.fruit.checks.min-examples", "1000")
                .call("run", "--report", folder.toString());
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(Files.readString(folder.resolve("index.html"))).contains("1 was refused", "other-run-2.html");
    }

    @Test
    void aFolderThatCannotBeWrittenIsToldBeforeTheNight() throws IOException, SQLException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Result result = warehouse.program().call("run", "--report", file.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Directory " + file + " cannot be written");
        assertThat(warehouse.value("select count(*) from crowdlab.run")).isEqualTo("0");
        Result dry = warehouse.program().call("run", "--dry-run", "--report", folder.toString());
        assertThat(dry.exitCode()).isEqualTo(2);
        assertThat(dry.err()).contains("--dry-run writes nothing");
    }

    @Test
    void aReportThatFailsDoesNotLoseTheNight() throws IOException, SQLException {
        Files.createDirectories(
                folder.resolve("reports").resolve("fruit-run-1.html").resolve("in the way"));
        Path summary = directory.resolve("summary.json");
        Result result = run(1, "--summary", summary.toString());
        assertThat(result.err())
                .contains("File " + folder.resolve("reports").resolve("fruit-run-1.html") + " cannot be written");
        assertThat(warehouse.value("select count(*) from crowdlab.published_run"))
                .isEqualTo("2");
        assertThat(folder.resolve("index.html")).doesNotExist();
        assertThat(Files.readString(summary)).contains("\"exit_code\": 1,\n  \"message\"", "\"PUBLISHED\"");
    }

    private Result run(int exitCode, String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "run";
        all[1] = "--report";
        all[2] = folder.toString();
        System.arraycopy(words, 0, all, 3, words.length);
        Result result = warehouse.program().call(all);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        return result;
    }
}
