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
class ReportCompareIT {

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    /** Runs 1 and 2, then 3 with another label for e3; 4 is refused, 5 found nothing new, 6 failed. */
    @BeforeAll
    void run() throws SQLException {
        warehouse = Warehouse.with("fruit", "other");
        warehouse.call(0, "run");
        warehouse.relabel("fruit", "e3", "green");
        warehouse.call(0, "run", "--dataset", "fruit");
        assertThat(warehouse
                        .program()
                        .with("crowdlab.datasets.fruit.checks.min-examples", "1000")
                        .call("run", "--dataset", "fruit", "--force")
                        .exitCode())
                .isEqualTo(3);
        warehouse.call(0, "run", "--dataset", "other");
        assertThat(warehouse
                        .program()
                        .with("crowdlab.datasets.other.checks.max-rejected-share", "0")
                        .with("crowdlab.datasets.other.annotations-query", "select 1 / 0 as example_id, 1, 1")
                        .call("run", "--dataset", "other", "--force")
                        .exitCode())
                .isEqualTo(1);
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    void twoRunsOfADatasetStandSideBySide() throws IOException, SQLException {
        Result result = report("--dataset", "fruit", "--compare", "1");
        assertThat(result.out())
                .isEqualToIgnoringNewLines("Wrote the comparison of run 3 of dataset 'fruit' with run 1 to " + file());
        String before = warehouse.value(
                "select consensus_label from crowdlab.label_quality where run_id = 1 and example_id = 'e3'");
        assertThat(words())
                .contains(
                        "Which run has the better labels is not known: neither has 20 gold labels or an estimate of its committee.")
                .contains("That is agreement, not correctness: people can agree on what is wrong.")
                .contains("Examples labeled Run 1 40 Run 3 40 Difference 0")
                .contains("Krippendorff’s alpha")
                .contains("No setting differs. The runs read different rows: labels, predictions or gold.")
                .contains("1 of 40 examples in both runs is labeled differently (2.5\u202f%).")
                .contains(before + " green 1 100\u202f%")
                .contains(
                        "5 annotators are in both runs. Of the 5 with 20 labels in both, none are clearly better in run 3")
                .contains("1 model is in both runs.")
                .contains("Made with report --run 3 --compare 1")
                .doesNotContain("Not all examples are in both");
    }

    @Test
    void theSameBytesComeTwice() throws IOException {
        assertThat(report("--run", "3", "--compare", "1").exitCode()).isZero();
        byte[] first = Files.readAllBytes(file());
        assertThat(report("--dataset", "fruit", "--compare", "1").exitCode()).isZero();
        assertThat(Files.readAllBytes(file())).isEqualTo(first);
    }

    @Test
    void goldSaysWhichGuidelineIsBetterAlsoOfTwoDatasets() throws IOException, SQLException {
        try (Warehouse other = Warehouse.with("old", "new")) {
            other.execute(
                    "delete from crowdlab.annotation where dataset = 'new' and example_id in ('e39', 'e40')",
                    "update crowdlab.annotation set label = 'purple' where dataset = 'new' and label = 'red' and example_id < 'e3'",
                    "create table public.truth as select 'e' || e as example_id, (array['blue', 'green', 'red'])[1 + e % 3] as label"
                            + " from generate_series(1, 40) e",
                    "delete from crowdlab.prediction where dataset = 'new'");
            Program program = with(other.program(), "old", "new")
                    .with("crowdlab.datasets.new.example-url", "https://labels.example/{example_id}?tab=1");
            assertThat(program.call("run").exitCode()).isZero();
            String old = other.published("old");
            assertThat(program.call("report", "--dataset", "new", "--compare", old, "--out", file().toString())
                            .exitCode())
                    .isZero();
            assertThat(words())
                    .contains("Run " + old
                            + " (old) has more labels right, but of other examples or classes: its labels are right ")
                    .contains("% of the time against gold (")
                    .contains("The gold may not be the same: 40 labels of run " + old + " (old) and 38 of run ")
                    .contains("Not all examples are in both runs: 38 of 40 examples are.")
                    .contains("The two runs have different classes: only run ", "has purple.")
                    .contains("red purple ")
                    .contains("No model is in both runs, 1 only in run " + old + " (old).");
            assertThat(Files.readString(file())).contains("href=\"https://labels.example/e1", "?tab=1\"");
        }
    }

    private static Program with(Program program, String... datasets) {
        for (String dataset : datasets) {
            program.with(
                            "crowdlab.datasets." + dataset + ".annotations-query",
                            "select example_id, annotator_id, label from crowdlab.annotation where dataset = '"
                                    + dataset + "'")
                    .with("crowdlab.datasets." + dataset + ".gold-query", "select example_id, label from public.truth");
        }
        return program.with(
                "crowdlab.datasets.old.predictions-query",
                "select example_id, label, probability from crowdlab.prediction where dataset = 'old'");
    }

    @Test
    void whatRetentionRemovedIsSaidToBeGone() throws IOException, SQLException {
        try (Warehouse other = warehouse.copy()) {
            Program program =
                    other.program().with("crowdlab.retention.runs", "1").with("crowdlab.retention.grace", "0s");
            assertThat(program.call("purge").exitCode()).isZero();
            assertThat(other.value("select count(*) from crowdlab.label_quality where run_id = 1"))
                    .isEqualTo("0");
            assertThat(program.call("report", "--dataset", "fruit", "--compare", "1", "--out", file().toString())
                            .exitCode())
                    .isZero();
            assertThat(words())
                    .contains("Run 1 Removed", "Run 3 Published")
                    .contains("The labels of run 1 are no longer there: retention removed them,")
                    .contains("Retention removed the rows that this needs, those of run 1 on ")
                    .contains("Annotators disagree Run 1 – removed")
                    .contains("blue Run 1 – removed Run 3 ")
                    .contains("Examples labeled Run 1 40 Run 3 40")
                    .contains("5 annotators are in both runs")
                    .doesNotContain("Examples to look at");
        }
    }

    @Test
    void pseudonymsAreTheSameInBothRuns() throws IOException {
        assertThat(report("--dataset", "fruit", "--compare", "1", "--pseudonyms")
                        .exitCode())
                .isZero();
        assertThat(Files.readString(file()))
                .contains(">annotator-1</bdi>", "--compare 1 --pseudonyms</code>")
                .doesNotContainPattern(">a[1-5]</bdi>");
        assertThat(words()).containsOnlyOnce("annotator-1 ");
    }

    @Test
    void queriesAreShownOnlyWhenAskedFor() throws IOException, SQLException {
        try (Warehouse other = Warehouse.with("fruit")) {
            String query = "select example_id, annotator_id, label from crowdlab.annotation";
            Program program = other.program()
                    .with("crowdlab.datasets.fruit.annotations-query", query)
                    .with(
                            "crowdlab.datasets.fruit.predictions-query",
                            "select example_id, label, probability from crowdlab.prediction");
            assertThat(program.call("run").exitCode()).isZero();
            program.with("crowdlab.datasets.fruit.annotations-query", query + " where label is not null");
            assertThat(program.call("run").exitCode()).isZero();
            String[] call = {"report", "--run", "2", "--compare", "1", "--out", file().toString()};
            assertThat(program.call(call).exitCode()).isZero();
            assertThat(words())
                    .contains("Annotations query not shown another one")
                    .doesNotContain("label is not null");
            assertThat(program.call(Stream.concat(Stream.of(call), Stream.of("--with-settings"))
                                    .toArray(String[]::new))
                            .exitCode())
                    .isZero();
            assertThat(words()).contains("1 setting differs.", "label is not null");
        }
    }

    @Test
    void aRefusedRunIsComparedAndSaidToBeRefused() throws IOException {
        assertThat(report("--run", "4", "--compare", "3").exitCode()).isZero();
        assertThat(words()).contains("Run 4 Refused", "A check refused run 4, so it was never published");
    }

    @Test
    void runsWithoutResultsAreRefusedInOneSentence() {
        refuses(
                "Run 3 cannot be compared with itself; name another run with --compare; the command runs lists what there is",
                "3");
        refuses("There is no run 99; the command runs lists what there is", "99");
        refuses(
                "Run 5 found nothing new, so it has no results of its own to compare; name the run that was published before it",
                "5");
        refuses("Run 6 failed, so it has no results to compare; the command runs lists what there is", "6");
    }

    @Test
    void aRunOfADroppedDatasetIsSaidToBeGone() throws SQLException {
        try (Warehouse other = warehouse.copy()) {
            other.call(0, "drop", "--dataset", "other");
            Result result = other.program()
                    .call(
                            "report",
                            "--dataset",
                            "fruit",
                            "--compare",
                            "2",
                            "--out",
                            directory.resolve("no").toString());
            assertThat(result.exitCode()).isEqualTo(2);
            assertThat(result.err())
                    .contains("Run 2 is gone: its dataset 'other' was dropped on 2")
                    .hasLineCount(1);
        }
    }

    private void refuses(String sentence, String compared) {
        Path none = directory.resolve("none.html");
        Result result = warehouse
                .program()
                .call("report", "--dataset", "fruit", "--compare", compared, "--out", none.toString());
        assertThat(result.err()).isEqualToIgnoringNewLines(sentence);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(none).doesNotExist();
    }

    private Result report(String... words) {
        return warehouse
                .program()
                .call(Stream.concat(Stream.of("report", "--out", file().toString()), Stream.of(words))
                        .toArray(String[]::new));
    }

    private Path file() {
        return directory.resolve("comparison.html");
    }

    /** What a reader sees of the file, with one space between two words. */
    private String words() throws IOException {
        return Files.readString(file())
                .replaceAll("(?s)<style>.*?</style>", "")
                .replaceAll("(?s)</?(?:bdi|b|i|code|span class=\"muted\")\\b[^>]*>|</span>", "")
                .replaceAll("(?s)<[^>]*>", " ")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replaceAll("[ \\n\u00a0]+", " ");
    }
}
