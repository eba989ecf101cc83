package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class ReportCommandIT {

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeAll
    void runTwice() throws SQLException {
        warehouse = Warehouse.with("fruit", "other");
        assertThat(warehouse.program().call("run").exitCode()).isZero();
        warehouse.relabel("fruit", "e3", "green");
        assertThat(warehouse.program().call("run", "--dataset", "fruit").exitCode())
                .isZero();
        Result refused = warehouse
                .program()
                .with("crowdlab.datasets.fruit.checks.min-examples", "1000")
                .call("run", "--dataset", "fruit", "--force");
        assertThat(refused.exitCode()).isEqualTo(3);
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    void writesTheSameBytesTwice() throws IOException {
        Path first = directory.resolve("first.html");
        Path second = directory.resolve("second.html");
        Result result = report("--dataset", "fruit", "--out", first.toString());
        assertThat(result.out()).isEqualToIgnoringNewLines("Wrote the report of run 3 of dataset 'fruit' to " + first);
        assertThat(report("--run", "3", "--out", second.toString()).exitCode()).isZero();
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Files.readString(first))
                .contains("run 3", "Since the run of", "All checks", "report --run 3</code>")
                .doesNotContain("Started by", "crowdlab.annotation</bdi>");
    }

    @Test
    void tellsTheSettingsAndHidesAnnotatorsWhenAsked() throws IOException {
        Path file = directory.resolve("asked.html");
        assertThat(report("--run", "3", "--with-settings", "--pseudonyms", "--out", file.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(file))
                .contains("Started by", "Annotations query", "annotator-1")
                .doesNotContain("<bdi class=\"id\">a1</bdi>");
    }

    @Test
    void leavesOutTheQueryForGoldAndSaysThatPosteriorsAreStored() throws IOException, SQLException {
        try (Warehouse other = Warehouse.with("fruit")) {
            Program program = other.program()
                    .with(
                            "crowdlab.datasets.fruit.annotations-query",
                            "select example_id, annotator_id, label from crowdlab.annotation")
                    .with(
                            "crowdlab.datasets.fruit.gold-query",
                            "select example_id, label from crowdlab.annotation where annotator_id = 'a1'")
                    .with("crowdlab.datasets.fruit.store-posterior", "true");
            assertThat(program.call("run").exitCode()).isZero();
            String page = page(program);
            assertThat(page).doesNotContain("annotator_id = ").contains("1 setting differs from the default.");
            assertThat(page(program, "--with-settings"))
                    .containsSubsequence("Gold query", "annotator_id = ", "Started by");
        }
    }

    @Test
    void theReasonOfAFailedRunIsLeftOutWithPseudonyms() throws IOException, SQLException {
        try (Warehouse other = Warehouse.with("fruit")) {
            other.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                    + " values ('fruit', 'e1', 'a1', 'red'), ('fruit', 'e1', 'a1', 'blue')");
            Program program = other.program().with("crowdlab.datasets.fruit.on-duplicate-annotation", "fail");
            assertThat(program.call("run").exitCode()).isEqualTo(1);
            assertThat(page(program, "--run", "1")).contains("Annotator 'a1' gave example");
            assertThat(page(program, "--run", "1", "--pseudonyms"))
                    .doesNotContain("Annotator 'a1")
                    .contains("The reason is left out, because it may name annotators; the command show 1 prints it.");
        }
    }

    private String page(Program program, String... words) throws IOException {
        Path file = directory.resolve("page.html");
        String[] all = Stream.concat(Stream.of("report", "--out", file.toString()), Stream.of(words))
                .toArray(String[]::new);
        assertThat(program.call(all).exitCode()).isZero();
        return Files.readString(file);
    }

    @Test
    void tellsOfAnEarlierRunWithTheHistoryUpToIt() throws IOException {
        Path file = directory.resolve("earlier.html");
        assertThat(report("--run", "1", "--out", file.toString()).exitCode()).isZero();
        assertThat(Files.readString(file)).contains("The first published run of this dataset");
    }

    @Test
    void tellsOfARunThatChangedNothing() throws IOException {
        Path file = directory.resolve("unchanged.html");
        assertThat(warehouse
                        .program()
                        .call("run", "--dataset", "other", "--force")
                        .exitCode())
                .isZero();
        assertThat(report("--dataset", "other", "--out", file.toString()).exitCode())
                .isZero();
        assertThat(Files.readString(file)).contains("no label changed, none is new, none is gone");
    }

    @Test
    void qualityIsNotComparedWithARunThatMeasuredItOtherwise() throws IOException {
        Program program = warehouse.program();
        assertThat(program.call("run", "--dataset", "other", "--force").exitCode())
                .isZero();
        assertThat(page(program, "--dataset", "other")).doesNotContain("measured by other settings before");
        Program byCommittee = program.with("crowdlab.datasets.other.consensus-methods", "committee");
        assertThat(byCommittee.call("run", "--dataset", "other", "--force").exitCode())
                .isZero();
        assertThat(page(byCommittee, "--dataset", "other")).contains("measured by other settings before");
    }

    @Test
    void tellsOfARefusedRun() throws IOException {
        Path file = directory.resolve("refused.html");
        assertThat(report("--run", "4", "--out", file.toString()).exitCode()).isZero();
        assertThat(Files.readString(file))
                .contains(">Refused</span>", "Not published.", "These figures are of the refused run.")
                .contains("<b>it was refused</b>", "the result of run 3, data as of")
                .contains("id=\"again\"", "e1");
    }

    /** As those of version 0.2.0 are. */
    @Test
    void countsTheLabelsOfARunThatStoredNoNumbersOfThem() throws IOException, SQLException {
        Path stored = directory.resolve("stored.html");
        Path counted = directory.resolve("counted.html");
        assertThat(report("--run", "2", "--out", stored.toString()).exitCode()).isZero();
        warehouse.execute("delete from crowdlab.label_quality_bin where run_id = 2");
        assertThat(report("--run", "2", "--out", counted.toString()).exitCode()).isZero();
        assertThat(counted).hasSameBinaryContentAs(stored);
    }

    @Test
    void aRunThatStoredNoMethodsSaysSo() throws IOException, SQLException {
        Path stored = directory.resolve("methods.html");
        assertThat(report("--run", "2", "--out", stored.toString()).exitCode()).isZero();
        assertThat(stored).content().contains("Consensus methods", "<code>majority_vote</code>");
        warehouse.execute(
                "create table public.kept as select * from crowdlab.run_consensus",
                "set session_replication_role = replica; delete from crowdlab.run_consensus where run_id = 2");
        Path older = directory.resolve("older.html");
        assertThat(report("--run", "2", "--out", older.toString()).exitCode()).isZero();
        assertThat(older).content().contains("Consensus methods were not compared for this run");
        warehouse.execute(
                "set session_replication_role = replica; insert into crowdlab.run_consensus select * from public.kept"
                        + " where run_id = 2");
    }

    @Test
    void replacesAFileAsAWhole() throws IOException {
        Path file = Files.writeString(directory.resolve("old.html"), "old");
        assertThat(report("--run", "2", "--out", file.toString()).exitCode()).isZero();
        assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        try (var files = Files.list(directory)) {
            assertThat(files.filter(path -> path.getFileName().toString().startsWith(".")))
                    .isEmpty();
        }
    }

    @Test
    void saysWhichRunItCannotFind() {
        refuses("There is no run 99; the command runs lists what there is", "--run", "99");
        refuses("There is no run of a dataset 'nuts'; the command datasets lists all datasets", "--dataset", "nuts");
        refuses(
                "2 datasets are published, 'fruit' among them: name one with --dataset; the command datasets lists all datasets");
    }

    @Test
    void saysWhereItCannotWrite() {
        Path nowhere = directory.resolve("nowhere").resolve("report.html");
        Result result = report("--run", "3", "--out", nowhere.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .isEqualToIgnoringNewLines(
                        "File " + nowhere + " cannot be written; name a file in a directory that you may write to");
    }

    @Test
    void saysWhichRightIsMissing() throws SQLException {
        warehouse.execute("create role onlooker login password 'onlooker' in role crowdlab_reader");
        Result result = Program.on(warehouse.database(), "onlooker", "onlooker")
                .call(
                        "report",
                        "--dataset",
                        "fruit",
                        "--out",
                        directory.resolve("no.html").toString());
        warehouse.execute("drop role onlooker");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("permission denied")
                .contains("crowdlab_auditor to look at runs")
                .contains("Roles in db/README.md");
        assertThat(directory.resolve("no.html")).doesNotExist();
    }

    private void refuses(String sentence, String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--out";
        all[words.length + 1] = directory.resolve("none.html").toString();
        Result result = report(all);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).isEqualToIgnoringNewLines(sentence);
        assertThat(directory.resolve("none.html")).doesNotExist();
    }

    private Result report(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "report";
        System.arraycopy(words, 0, all, 1, words.length);
        return warehouse.program().call(all);
    }
}
