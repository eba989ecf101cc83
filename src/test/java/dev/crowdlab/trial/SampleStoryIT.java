package dev.crowdlab.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.ShownReport;
import dev.crowdlab.testing.Browser;
import dev.crowdlab.testing.FreePort;
import dev.crowdlab.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a newcomer finds after the first call: the people of the sample, its history, and the answers that the pages give. */
@Tag("slow")
class SampleStoryIT {

    /** A query of a page and the table that psql printed. */
    private static final Pattern ANSWER =
            Pattern.compile("(?m)^    (select [^;]+);\\R\\R     .+\\R    [-+]+\\R((?:     .+\\R?)+)");

    /** The fewest labels about which the report says something. */
    private static final int ENOUGH_LABELS = 20;

    @TempDir
    private static Path directory;

    private static Program.Result first;
    private static EmbeddedDatabase database;

    @BeforeAll
    static void callForTheFirstTime() throws Exception {
        int port = FreePort.find();
        first = Program.withoutDatabase()
                .with("crowdlab.embedded.directory", directory.toString())
                .with("crowdlab.embedded.port", String.valueOf(port))
                .call();
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        database = EmbeddedDatabase.start(directory, port);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void theFirstCallPrintsWhatTheReadmeShows() throws IOException {
        List<String> shown = Files.readString(Path.of("README.md"))
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("The database holds no annotations")
                        || line.matches("(dataset|support-tickets)( .+(seconds|\\d\\.\\d)|: .+)"))
                .map(SampleStoryIT::withoutSeconds)
                .toList();
        assertThat(shown).hasSizeGreaterThan(3);
        assertThat(first.out().lines().map(SampleStoryIT::withoutSeconds)).containsSequence(shown);
        assertThat(first.out().lines()).hasSizeLessThan(20);
    }

    private static String withoutSeconds(String line) {
        return line.matches("support-tickets +\\d.*") ? line.replaceAll(" +[0-9.]+$", "") : line;
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "src/site/markdown/results.md"})
    void theAnswersInThePagesAreThoseOfTheSample(String page) throws Exception {
        List<MatchResult> answers =
                ANSWER.matcher(Files.readString(Path.of(page))).results().toList();
        assertThat(answers).isNotEmpty();
        for (MatchResult answer : answers) {
            List<List<String>> shown =
                    answer.group(2).lines().map(SampleStoryIT::cells).toList();
            assertThat(rows(answer.group(1))).as(answer.group(1)).isEqualTo(shown);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }

    @Test
    void everyNightWasRunAndPublishedInItsTurn() throws SQLException {
        assertThat(rows(
                        "select status, became_current, num_annotations > coalesce(lag(num_annotations) over moments, 0),"
                                + " as_of > coalesce(lag(as_of) over moments, '-infinity')"
                                + " from crowdlab.run window moments as (order by run_id)"))
                .hasSize(6)
                .containsOnly(List.of("PUBLISHED", "t", "t", "t"));
        assertThat(rows("select count(*) from crowdlab.publication_log")).isEqualTo(List.of(List.of("6")));
        assertThat(rows("select extract(isodow from as_of), as_of::time at time zone 'UTC' from crowdlab.run"
                        + " where run_id < 6 group by 1, 2"))
                .singleElement()
                .satisfies(monday -> assertThat(monday.get(0)).isEqualTo("1"));
        assertThat(
                        rows(
                                "select count(*) > 0 from crowdlab.label_change where run_id = 6 and consensus_label <> previous_label"))
                .isEqualTo(List.of(List.of("t")));
    }

    @Test
    void theLabelsAreThoseOfTheEightWeeksBeforeThisOne() throws SQLException {
        assertThat(rows("select count(distinct date_trunc('week', annotated_at at time zone 'UTC')),"
                        + " max(annotated_at) between now() - interval '10 days' and now() from crowdlab.annotation"))
                .isEqualTo(List.of(List.of("8", "t")));
        assertThat(rows("select bool_and(extract(isodow from annotated_at at time zone 'UTC') < 6) from"
                        + " crowdlab.annotation"))
                .isEqualTo(List.of(List.of("t")));
    }

    @Test
    void theCarelessAnnotatorIsByFarTheLast() throws SQLException {
        assertThat(rows("select annotator_id, annotator_quality < 0.6 * lead(annotator_quality) over (order by"
                        + " annotator_quality) from crowdlab_bi.annotator_stats order by annotator_quality limit 1"))
                .isEqualTo(List.of(List.of("annotator-13", "t")));
    }

    @Test
    void theTwoIntentsThatOneAnnotatorMixesUpStandOut() throws SQLException {
        assertThat(rows("select annotator_id, consensus_label, given_label from crowdlab.annotator_confusion"
                        + " where run_id = 6 and consensus_label <> given_label order by num_annotations desc limit 2"))
                .isEqualTo(List.of(
                        List.of("annotator-12", "billing", "refund"), List.of("annotator-12", "refund", "billing")));
    }

    @Test
    void oneAnnotatorsQualityFallsFromNightToNightWhileTheOthersStay() throws SQLException {
        String fallen = "select annotator_id from crowdlab_bi.annotator_quality_history group by annotator_id"
                + " having max(annotator_quality) filter (where run_id = 6)"
                + " < max(annotator_quality) filter (where run_id = 3) - 0.1";
        assertThat(rows(fallen)).isEqualTo(List.of(List.of("annotator-08")));
        assertThat(rows("select run_id from crowdlab_bi.annotator_quality_history where annotator_id = 'annotator-08'"
                        + " and run_id >= 3 order by annotator_quality desc"))
                .isEqualTo(List.of(List.of("3"), List.of("4"), List.of("5"), List.of("6")));
        assertThat(rows("select date_trunc('week', d.annotated_at at time zone 'UTC')"
                        + " >= (select date_trunc('week', max(annotated_at at time zone 'UTC')) - interval '14 days'"
                        + " from crowdlab.annotation) as late, avg((d.label = l.consensus_label)::int) > 0.5"
                        + " from crowdlab.annotation d join crowdlab_bi.label_quality l using (example_id)"
                        + " where d.annotator_id = 'annotator-08' group by late order by late"))
                .isEqualTo(List.of(List.of("f", "t"), List.of("t", "f")));
    }

    @Test
    void theDriftOfThatAnnotatorAloneIsFoundByTheDatabaseAndTheReport() throws SQLException, IOException {
        assertThat(rows("select annotator_id, (max(period_start) over () - period_start) / 7 from"
                        + " crowdlab_bi.annotator_periods where is_drifting order by period_start"))
                .isEqualTo(List.of(
                        List.of("annotator-08", "2"), List.of("annotator-08", "1"), List.of("annotator-08", "0")));
        assertThat(rows("select distinct annotator_id from crowdlab.annotator_period where run_id = 5 and is_drifting"))
                .isEqualTo(List.of(List.of("annotator-08")));
        assertThat(Files.readString(directory.resolve("report-support-tickets.html")))
                .containsOnlyOnce(" agrees less than before:")
                .containsPattern("annotator-08(<[^>]+>)+ agrees less than before:");
    }

    @Test
    void theNewcomerHasTooFewLabelsToTell() throws SQLException {
        assertThat(rows("select annotator_id, run_id from crowdlab_bi.annotator_quality_history"
                        + " where num_examples_labeled < " + ENOUGH_LABELS))
                .isEqualTo(List.of(List.of("annotator-14", "6")));
    }

    @Test
    void theAnnotatorWhoCopiesAlwaysAgreesWithTheOther() throws SQLException {
        assertThat(rows("select a.annotator_id, b.annotator_id from crowdlab_bi.detailed_label_quality a"
                        + " join crowdlab_bi.detailed_label_quality b"
                        + " on a.example_id = b.example_id and a.annotator_id < b.annotator_id group by 1, 2"
                        + " having count(*) >= " + ENOUGH_LABELS + " and bool_and(a.label = b.label)"))
                .isEqualTo(List.of(List.of("annotator-03", "annotator-10")));
    }

    @Test
    void thereIsSomethingToLabelAndSomethingToMend() throws SQLException {
        assertThat(rows("select count(*) from crowdlab_bi.label_next where num_annotations = 0"))
                .isEqualTo(List.of(List.of("56")));
        assertThat(rows("select count(distinct reason) > 5 from crowdlab.rejected_row where run_id = 6"))
                .isEqualTo(List.of(List.of("t")));
    }

    /** Needs a browser: profile {@code browser}. */
    @Test
    @Tag("tools")
    void theReportTellsTheStoryInABrowser() throws IOException {
        Matcher named = Pattern.compile("(\\S+\\.html)").matcher(first.out());
        assertThat(named.find()).as(first.out()).isTrue();
        try (Browser browser = Browser.open(directory.resolve("profile"))) {
            browser.show(Path.of(named.group(1)).toAbsolutePath());
            assertThat(browser.texts("#annotator-table tbody:nth-of-type(1) th[scope=row] .id"))
                    .as("who drifts")
                    .containsExactly("annotator-08");
            assertThat(browser.texts("#annotator-table tbody:nth-of-type(2) th[scope=row] .id"))
                    .startsWith("annotator-13");
            assertThat(browser.element("main").getText()).contains("annotator-08", "annotator-12", "annotator-14");
            for (int width : new int[] {320, 390, 768, 1_280, 1_920}) {
                assertThat(browser.widthIn(width)).as("at %d pixels", width).isLessThanOrEqualTo(width);
            }
            for (String scheme : List.of("light", "dark")) {
                assertThat(browser.violations(scheme))
                        .as(scheme)
                        .asInstanceOf(InstanceOfAssertFactories.LIST)
                        .isEmpty();
            }
            ShownReport report = new ShownReport(browser);
            report.sorts();
            report.picks("annotator-13");
            report.finds("annotator-14");
            assertThat(browser.messages()).isEmpty();
            assertThat(browser.requests()).isNotEmpty().noneMatch(url -> url.matches("(https?|wss?|ftp):.*"));
        }
    }

    private static List<List<String>> rows(String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                    cells.add(String.valueOf(row.getString(column)));
                }
                rows.add(cells);
            }
        }
        return rows;
    }
}
