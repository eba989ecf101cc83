package dev.crowdlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Browser;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.RealData;
import dev.crowdlab.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reports of published data sets in a browser: profiles {@code browser} and {@code realdata}. */
@Tag("browser")
@Tag("realdata")
class RealReportsIT {

    private static final List<String> DATASETS = List.of("rte", "trec", "web");

    /** What the design of the report allows, whatever the dataset. */
    private static final long MAX = 1_500_000;

    @TempDir
    private static Path directory;

    private static Browser browser;

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
        List<String> withScripts = browser.texts("main h2, main h3, main tbody");
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
        List<String> first = new ArrayList<>(browser.texts("#annotator-table tbody:nth-of-type(1) th[scope=row] .id"));
        assertThat(first.subList(0, 3)).containsExactly("29", "628", "51");
    }

    private static Path file(String dataset) {
        return directory.resolve(dataset + ".html");
    }
}
