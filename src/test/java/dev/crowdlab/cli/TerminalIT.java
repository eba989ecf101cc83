package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others wrote does nothing to the terminal or the mail that shows it; the log goes where its settings say. */
class TerminalIT {

    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069&&[^\\n]]");
    private static final String HOSTILE = "\u001b]0;owned\u0007\r\u202eevil\nd: published";

    @TempDir
    private Path directory;

    @Test
    void idsLabelsModelsAndMessagesAreShownAsEscapes() throws SQLException {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute("create table vote as select 'e' || i % 5 as example_id, 'w' || i % 3 as annotator_id,"
                    + " case i % 2 when 0 then 'good' else 'bad' end as label from generate_series(1, 15) i");
            Program program = warehouse
                    .program()
                    .with("crowdlab.datasets.d.annotations-query", "select example_id, annotator_id, label from vote")
                    .with(
                            "crowdlab.datasets.d.predictions-query",
                            "select distinct example_id, E'model" + sql(HOSTILE) + "' as model, c.label,"
                                    + " 1.0 / (select count(distinct label) from vote) as probability"
                                    + " from vote cross join (select distinct label from vote) c");
            assertThat(program.call("run").exitCode()).isZero();
            assertVisible(program.call("show", "1"), "model\\u001b]0;owned\\u0007");
            warehouse.execute(
                    "update vote set label = E'x" + sql(HOSTILE) + "' where example_id = 'e1'",
                    "update vote set example_id = E'e" + sql(HOSTILE) + "' where example_id = 'e2'");
            assertVisible(program.call("run", "--dry-run"), "\\u202e");
            Program failing = program.with(
                    "crowdlab.datasets.d.annotations-query", "select E'" + sql(HOSTILE) + "'::int as example_id");
            assertVisible(failing.call("validate"), "\\u001b]0;owned\\u0007");
            assertVisible(failing.call("run", "--verbose"), "\\u001b]0;owned\\u0007");
            assertVisible(program.call("run", "--dataset", HOSTILE), "There is no dataset '\\u001b]0;owned");
        }
    }

    @Test
    void theLogIsWrittenToAFileAndInTheFormatThatIsAskedFor() throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            Path file = directory.resolve("logs/night.log");
            Program program = warehouse.program().with("logging.level.dev.crowdlab", "info");
            Program.Result quiet = program.callInNewProcess(directory, "runs");
            assertThat(quiet.exitCode()).as(quiet.out()).isZero();
            assertThat(quiet.out()).doesNotContain("INFO");
            Program.Result filed = program.with("logging.level.root", "info")
                    .with("logging.file.name", file.toString())
                    .with("logging.structured.format.console", "ecs")
                    .callInNewProcess(directory, "runs");
            assertThat(filed.exitCode()).as(filed.out()).isZero();
            assertThat(filed.out().lines())
                    .filteredOn(line -> line.startsWith("{"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("\"ecs\"").endsWith("}"));
            assertThat(Files.readString(file)).containsPattern("(?m)^20\\d\\d-.* INFO \\d+ --- ");
        }
    }

    @Test
    void aLogThatCannotBeWrittenIsASettingToChange() throws Exception {
        Path blocked = Files.writeString(directory.resolve("file"), "");
        Program.Result result = Program.withoutDatabase()
                .with("logging.file.name", blocked.resolve("night.log").toString())
                .callInNewProcess(directory, "runs");
        assertThat(result.exitCode()).as(result.out()).isEqualTo(2);
        assertThat(result.out().lines()).as(result.out()).hasSize(1);
        assertThat(result.out()).contains("night.log");
    }

    private static String sql(String text) {
        return text.replace("\u001b", "\\x1b")
                .replace("\u0007", "\\x07")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    private static void assertVisible(Program.Result result, String shown) {
        for (String text : List.of(result.out(), result.err())) {
            assertThat(text.replace("\tat ", "at ")).doesNotContainPattern(UNSEEN);
            assertThat(text.lines()).noneMatch(line -> line.startsWith("d: published"));
        }
        assertThat(result.out() + result.err()).contains(shown);
    }
}
