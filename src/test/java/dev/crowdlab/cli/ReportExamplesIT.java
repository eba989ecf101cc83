package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class ReportExamplesIT {

    private static final String URL = "crowdlab.datasets.fruit.example-url";
    private static final String QUERY = "crowdlab.datasets.fruit.example-text-query";
    private static final String MISSING = "The texts of the examples are missing here and below";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeAll
    void run() throws SQLException {
        warehouse = Warehouse.with("fruit");
        warehouse.execute("create table public.photo as select distinct example_id, '{\"a1\": 1}'::jsonb as tags,"
                + " 'seen by A1, not by xa1 or a1b: ' || example_id as caption from crowdlab.annotation");
        warehouse.execute("grant select on public.photo to public");
        warehouse.call(0, "run");
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    void everyExampleIsALinkWithItsText() throws IOException {
        assertThat(report(texts("select example_id, caption as text from public.photo where tags ? 'a1';")
                        .with(URL, "https://labels.example/tasks/{example_id}?tab=1")))
                .contains("href=\"https://labels.example/tasks/e3?tab=1\"", "seen by A1, not by xa1 or a1b: e3</bdi>")
                .contains("default-src 'none'")
                .doesNotContain(MISSING);
    }

    @Test
    void pseudonymsHideAnnotatorsInTexts() throws IOException {
        assertThat(report(
                        texts("select example_id, caption as text from public.photo")
                                .with(URL, "https://labels.example/{example_id}"),
                        "--pseudonyms"))
                .contains("seen by [annotator], not by xa1 or a1b: e3</bdi>", "href=\"https://labels.example/e3\"")
                .doesNotContain("seen by A1");
    }

    @Test
    void aReportIsWrittenWithoutTextsThatCannotBeRead() throws IOException {
        Program broken = texts("select example_id, caption from public.photo");
        assertThat(report(broken)).contains(MISSING).doesNotContain("column q.text");
        assertThat(error(broken))
                .contains("The report has no texts of examples: " + QUERY + " could not be run; ", "q.text")
                .hasLineCount(1);
        assertThat(error(texts("select 'x' || example_id as example_id, caption as text from public.photo")))
                .contains(QUERY + " returned no text for any of the ")
                .hasLineCount(1);
        assertThat(error(texts("select example_id, pg_sleep(60)::text as text from public.photo")))
                .contains(QUERY + " took longer than 5 seconds")
                .hasLineCount(1);
        assertThat(error(texts("select 1; drop table public.photo")))
                .contains("could not be run")
                .hasLineCount(1);
        assertThat(error(texts("select nextval('crowdlab.run_id')::text as example_id, '' as text")))
                .contains("could not be run")
                .hasLineCount(1);
    }

    @Test
    void neitherIsAReasonToRunAgain() throws SQLException {
        Program program = texts("select no_query").with(URL, "https://labels.example/{example_id}");
        assertThat(program.call("run").exitCode()).isZero();
        assertThat(warehouse.value("select status from crowdlab.run order by run_id desc limit 1"))
                .isEqualTo("SKIPPED");
        assertThat(warehouse.value("select count(*) from crowdlab.run where settings::text like '%example%url%'"))
                .isEqualTo("0");
    }

    @Test
    void validateLooksAtTheColumns() {
        Result result = texts("select example_id, caption from public.photo").call("validate");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(QUERY + ": has no column text; it has example_id, caption");
        assertThat(texts("select example_id, caption as text from public.photo")
                        .call("validate")
                        .exitCode())
                .isZero();
    }

    @Test
    void anAddressThatIsNoneIsRefusedBeforeAnythingIsDone() {
        for (String address : new String[] {
            "javascript:alert({example_id})", "https://{example_id}/", "https://a{example_id}",
                    "https://labels.example/",
            "ftp://labels.example/{example_id}", "https://user@labels.example/{example_id}", "https:///{example_id}",
                    "/{example_id}"
        }) {
            Result result = warehouse.program().with(URL, address).call("report");
            assertThat(result.exitCode()).as(address).isEqualTo(2);
            assertThat(result.err())
                    .contains(URL + ": is not the http or https address of a host")
                    .hasLineCount(1);
        }
    }

    private Program texts(String query) {
        return warehouse.program().with(QUERY, query);
    }

    private String report(Program program, String... flags) throws IOException {
        Path file = directory.resolve("report.html");
        String[] words = Stream.concat(Stream.of("report", "--out", file.toString()), Arrays.stream(flags))
                .toArray(String[]::new);
        Result result = program.call(words);
        assertThat(result.exitCode()).as(result.err()).isZero();
        return Files.readString(file);
    }

    private String error(Program program) {
        Result result =
                program.call("report", "--out", directory.resolve("error.html").toString());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.err();
    }
}
