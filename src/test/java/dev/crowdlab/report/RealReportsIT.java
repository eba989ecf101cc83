package dev.crowdlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Browser;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RealData;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reports of published data sets in a browser: profiles {@code tools} and {@code realdata}. */
@Tag("tools")
@Tag("realdata")
class RealReportsIT {

    private static final List<String> DATASETS = List.of("rte", "trec", "web");

    /** What the design of the report allows, whatever the dataset. */
    private static final long MAX = 1_500_000;

    private static final Pattern QUEUE =
            Pattern.compile("of ([0-9,]+) are shown\\. All of them: <code>(select [^<]*&lt; [^<]*)</code>");

    @TempDir
    private static Path directory;

    private static Browser browser;

    private static final Map<String, Long> said = new HashMap<>();
    private static final Map<String, Long> returned = new HashMap<>();

    @BeforeAll
    static void report() throws IOException, SQLException {
        try (TestDatabase database = TestDatabase.create()) {
            Program program = Program.on(database);
            assertThat(program.call("migrate").exitCode()).isZero();
            RealData.load(database, DATASETS);
            Program.Result night = program.call("run");
            assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
            for (String dataset : DATASETS) {
                Program.Result report = program.call(
                        "report", "--dataset", dataset, "--out", file(dataset).toString());
                assertThat(report.exitCode()).as(report.err()).isZero();
                ask(database, dataset);
            }
        }
        browser = Browser.open(directory.resolve("profile"));
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rte", "trec", "web"})
    void sortsPicksAndFindsWithoutACallToTheNetwork(String dataset) {
        browser.requests();
        browser.show(file(dataset));
        ShownReport report = new ShownReport(browser);
        report.sorts();
        String worst = browser.texts("#annotator-table tbody:nth-of-type(1) th[scope=row] .id")
                .get(0);
        report.picks(worst);
        assertThat(browser.messages()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().noneMatch(url -> url.matches("(https?|wss?|ftp):.*"));
        assertThat(file(dataset).toFile().length()).isLessThan(MAX);
    }

    /** In the light alone: with so many rows it takes its time, and the colors of the dark are tried on smaller reports. */
    @ParameterizedTest
    @ValueSource(strings = "web")
    void axeFindsNothingSerious(String dataset) throws IOException {
        browser.show(file(dataset));
        assertThat(browser.violations("light"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(strings = {"rte", "trec"})
    void axeFindsNothingSeriousInOthers(String dataset) throws IOException {
        axeFindsNothingSerious(dataset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rte", "trec", "web"})
    void theQueryForAllToLookAtReturnsAsManyAsTheReportSays(String dataset) {
        assertThat(returned.get(dataset)).isPositive().isEqualTo(said.get(dataset));
    }

    /** Asks the query beside the list of what to look at again. */
    private static void ask(TestDatabase database, String dataset) throws IOException, SQLException {
        Matcher queue = QUEUE.matcher(Files.readString(file(dataset)));
        assertThat(queue.find()).isTrue();
        said.put(dataset, Long.valueOf(queue.group(1).replace(",", "")));
        String query = queue.group(2).replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from (" + query + ") q")) {
            rows.next();
            returned.put(dataset, rows.getLong(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rte", "trec", "web"})
    void neverScrollsSideways(String dataset) {
        browser.show(file(dataset));
        for (int width : new int[] {320, 390, 768, 1_280, 1_920}) {
            assertThat(browser.widthIn(width)).as("at %d pixels", width).isLessThanOrEqualTo(width);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rte", "trec", "web"})
    void allButSortingAndPickingStandsThereWithoutScripts(String dataset) {
        browser.show(file(dataset));
        List<String> withScripts = browser.texts("main h2, main h3, main tbody").stream()
                .map(text -> text.replaceFirst("Show all \\d+", ""))
                .toList();
        browser.allowScripts(false);
        try {
            browser.show(file(dataset));
            new ShownReport(browser)
                    .standsThereWithoutScripts("agreement", "annotators", "classes", "labels", "again", "wrong", "how");
            assertThat(browser.texts("main h2, main h3, main tbody")).containsExactlyElementsOf(withScripts);
        } finally {
            browser.allowScripts(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "trec")
    void namesThoseToTalkToFirst(String dataset) {
        browser.show(file(dataset));
        assertThat(browser.texts("#annotator-table .group b"))
                .startsWith("One class nearly always", "Clearly below the middle");
        assertThat(ids(1).subList(0, 4)).containsExactly("37", "28", "29", "628");
        assertThat(ids(2).get(0)).isEqualTo("51");
    }

    private static List<String> ids(int group) {
        return browser.texts("#annotator-table tbody:nth-of-type(" + group + ") th[scope=row] > .id");
    }

    private static Path file(String dataset) {
        return directory.resolve(dataset + ".html");
    }
}
