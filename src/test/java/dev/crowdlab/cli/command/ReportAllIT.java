package dev.crowdlab.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportAllIT {

    @TempDir
    private Path directory;

    private Warehouse warehouse;
    private Path folder;

    @BeforeEach
    void open() throws SQLException {
        warehouse = Warehouse.with();
        folder = directory.resolve("reports of all");
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    @Test
    void everyDatasetHasARowAndAReportBehindIt() throws IOException, SQLException {
        warehouse.fill("fruit");
        warehouse.fill("other");
        warehouse.call(0, "run");
        warehouse.relabel("fruit", "e3", "green");
        warehouse.call(0, "run");
        assertThat(report(0)).isEqualToIgnoringNewLines("Wrote the overview of 2 datasets to " + index());
        assertThat(text(index()))
                .contains("2 datasets", "href=\"reports/fruit-run-3.html\"", "href=\"reports/other-run-2.html\"")
                .contains("id=\"dataset-fruit\"", ">Published</span>", ">Unchanged</span>", "<svg class=\"spark\"")
                .doesNotContain("<script", "style=\"", "http://", "https://");
        assertThat(text(page("fruit-run-3.html")))
                .contains("<a href=\"../index.html#dataset-fruit\">All datasets</a>")
                .doesNotContain("The report before");
        everyLinkLeadsToAFile();
    }

    @Test
    void aReportLinksToTheOneBeforeAndOldOnesGo() throws IOException, SQLException {
        warehouse.fill("fruit");
        for (int run = 1; run <= ReportFolder.KEPT + 2; run++) {
            warehouse.call(0, "run", "--force");
            report(0);
            everyLinkLeadsToAFile();
        }
        assertThat(files())
                .hasSize(ReportFolder.KEPT)
                .contains("fruit-run-3.html")
                .doesNotContain("fruit-run-2.html");
        assertThat(text(page("fruit-run-4.html")))
                .contains(" · <a href=\"fruit-run-3.html\">The report before, on run 3</a>");
        assertThat(text(page("fruit-run-3.html"))).contains("All datasets</a></p>");
        report(0);
        assertThat(files()).hasSize(ReportFolder.KEPT);
    }

    @Test
    void aRefusedNightIsToldFirstAndLeadsToItsOwnReport() throws IOException, SQLException {
        warehouse.fill("fruit");
        warehouse.fill("other");
        warehouse.call(0, "run");
        Program strict = warehouse.program().with("crowdlab.datasets.other.checks.min-examples", "1000");
        strict.call(3, "run", "--dataset", "other", "--force");
        assertThat(strict.call("report", "--all", "--out", folder.toString()).exitCode())
                .isZero();
        assertThat(text(index()))
                .contains("<b>1 of 2 datasets needs somebody:</b> 1 was refused.")
                .containsSubsequence(
                        "Need somebody",
                        "other-run-2.html",
                        "other-run-3.html\">Refused</a>",
                        "40 examples were analyzed")
                .containsSubsequence("other-run-3.html", "fruit-run-1.html");
        assertThat(text(page("other-run-3.html"))).contains("<a href=\"other-run-2.html\">The report before, on run 2");
    }

    @Test
    void aDatasetThatOnlyFailedOrNeverRanIsToldPlainly() throws IOException, SQLException {
        warehouse.fill("fruit");
        warehouse.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                + " values ('broken', 'e1', 'a1', 'red'), ('broken', 'e1', 'a1', 'blue')");
        Program program = warehouse.program().with("crowdlab.datasets.broken.on-duplicate-annotation", "fail");
        program.call(1, "run", "--dataset", "broken");
        program.call(0, "report", "--all", "--pseudonyms", "--out", folder.toString());
        assertThat(text(index()))
                .contains("<b>2 of 2 datasets need somebody:</b> 1 failed, 2 have no result in use.")
                .contains("reports/broken-run-1.html\">Failed</a>", "No result is in use.")
                .contains(">No run</span>", "It has never been run.")
                .doesNotContain("Annotator 'a1");
        assertThat(text(page("broken-run-1.html"))).contains("The run failed");
        program.call(0, "report", "--all", "--out", folder.toString());
        assertThat(text(index())).contains("Annotator 'a1");
    }

    @Test
    void noDatasetAtAllIsAPageToo() throws IOException {
        assertThat(report(0)).contains("0 datasets");
        assertThat(text(index())).contains("There is no dataset yet.").doesNotContain("<table");
    }

    @Test
    void aNameThatIsNoNameDoesNothing() throws IOException, SQLException {
        warehouse.fill("fruit");
        warehouse.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                + " values ('../../<script>x', 'e1', 'a1', 'red')");
        warehouse.program().call("run");
        report(0);
        assertThat(text(index()))
                .contains("&lt;script&gt;x", "It has never been run.")
                .doesNotContain("<script");
        everyLinkLeadsToAFile();
    }

    @Test
    void theReportsOfOthersAreNotShownWithPseudonyms() throws IOException, SQLException {
        warehouse.fill("fruit");
        warehouse.call(0, "run");
        report(0);
        warehouse.call(0, "run", "--force");
        report(0, "--pseudonyms");
        assertThat(files()).containsExactly("fruit-run-2.html");
        assertThat(text(page("fruit-run-2.html"))).contains("annotator-1").doesNotContain("The report before");
        warehouse.call(0, "run", "--force");
        report(0, "--pseudonyms", "--with-settings");
        assertThat(files()).containsExactly("fruit-run-2.html", "fruit-run-3.html");
        assertThat(text(page("fruit-run-3.html"))).contains("Started by");
        warehouse.call(0, "run", "--force");
        report(0, "--pseudonyms");
        assertThat(files()).containsExactly("fruit-run-4.html");
    }

    @Test
    void whatIsForgottenOrDroppedGoesFromTheFolderToo() throws IOException, SQLException {
        warehouse.fill("fruit");
        warehouse.fill("other");
        warehouse.call(0, "run");
        report(0);
        warehouse.call(0, "run", "--force", "--dataset", "fruit");
        report(0);
        assertThat(files()).hasSize(3);
        warehouse.call(0, "drop", "--dataset", "other", "--yes");
        report(0);
        assertThat(files()).containsExactly("fruit-run-3.html");
        warehouse.call(0, "run", "--force", "--dataset", "fruit");
        warehouse.call(0, "forget", "--annotator", "a1");
        report(0);
        assertThat(files()).containsExactly("fruit-run-4.html");
        assertThat(text(page("fruit-run-4.html"))).doesNotContain("<bdi class=\"id\">a1</bdi>");
    }

    @Test
    void whatIsNotItsOwnStays() throws IOException, SQLException {
        warehouse.fill("fruit");
        warehouse.call(0, "run");
        Files.createDirectories(folder.resolve("reports"));
        Path notes = Files.writeString(folder.resolve("reports").resolve("notes.txt"), "mine");
        Path part = Files.writeString(
                folder.resolve("reports").resolve(".fruit-run-1.html.0b2f7a52-0a53-4e1c-9c53-000000000000"), "half");
        Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        report(0);
        assertThat(notes).exists();
        assertThat(part).doesNotExist();
        Files.writeString(index(), "<html>my own page</html>");
        assertThat(report(2)).contains("is not an overview of this program and would be overwritten");
        assertThat(index()).hasContent("<html>my own page</html>");
    }

    @Test
    void saysWhatItNeedsAndWhereItCannotWrite() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(warehouse.call(2, "report", "--all", "--out", file.toString()))
                .isEqualToIgnoringNewLines("Directory " + file
                        + " cannot be written; name one that you may write to, or a new one in such");
        assertThat(warehouse.call(2, "report", "--all")).contains("--all writes a directory; name it with --out");
        assertThat(report(2, "--compare", "1")).contains("leave out --compare");
        assertThat(report(2, "--run", "1")).contains("mutually exclusive");
    }

    @Test
    void aDatasetWhoseReportCannotBeMadeIsNamedAndTheOthersAreThere() throws IOException, SQLException {
        warehouse.fill("fruit");
        warehouse.fill("other");
        warehouse.call(0, "run");
        warehouse.execute(
                "alter table crowdlab.run_check drop constraint run_check_wording_check",
                "set session_replication_role = replica; update crowdlab.run_check set wording = '1' where run_id = 1");
        assertThat(report(1)).contains("Dataset 'fruit' has no report:");
        assertThat(text(index()))
                .contains("1 of 2 datasets needs somebody:</b> 1 has no report.", "Its report could not be made")
                .contains("reports/other-run-2.html");
    }

    private Path index() {
        return folder.resolve("index.html");
    }

    private Path page(String name) {
        return folder.resolve("reports").resolve(name);
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void everyLinkLeadsToAFile() throws IOException {
        for (String name : files()) {
            linksLead(page(name));
        }
        linksLead(index());
    }

    private static void linksLead(Path page) throws IOException {
        assertThat(Pattern.compile("href=\"([^\"#]+)").matcher(text(page)).results())
                .isNotEmpty()
                .allSatisfy(
                        link -> assertThat(page.resolveSibling(link.group(1))).isRegularFile());
    }

    /** Gives what it printed. */
    private String report(int exitCode, String... words) {
        String[] all = Stream.concat(Stream.of("report", "--all", "--out", folder.toString()), Stream.of(words))
                .toArray(String[]::new);
        Result result = warehouse.program().call(all);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
        return result.out() + result.err();
    }
}
