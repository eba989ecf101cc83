package dev.crowdlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Browser;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The page over all datasets in a browser: profile {@code browser}. */
@Tag("tools")
@TestInstance(Lifecycle.PER_CLASS)
class OverviewBrowserIT {

    private static final String LONG_NAME = "a-dataset-with-a-name-of-many-words-that-somebody-found-necessary-2026";

    private static final List<Integer> WIDTHS = List.of(320, 390, 768, 1000, 1280, 1920);

    @TempDir
    private Path directory;

    private Path folder;
    private Warehouse warehouse;
    private Browser browser;

    @BeforeAll
    void write(@TempDir Path shared) throws SQLException {
        folder = shared;
        warehouse = Warehouse.with("fruit", "reviews", "tickets", "sentiment", LONG_NAME);
        Program program = warehouse
                .program()
                .with("crowdlab.datasets.reviews.consensus-methods", "committee")
                .with("crowdlab.datasets.tickets.consensus-methods", "committee");
        for (int days = 5; days > 0; days--) {
            program.call(
                    0,
                    "run",
                    "--as-of",
                    Instant.now().minus(Duration.ofDays(days)).toString());
            warehouse.relabel("reviews", "e" + days, "green");
            warehouse.relabel("fruit", "e" + (days + 7), "red");
            warehouse.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                    + " select 'reviews', 'e' || n, 'b" + days + "', 'red' from generate_series(1, 24) n");
        }
        warehouse.fill("waiting");
        warehouse.execute(
                "insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                        + " values ('broken', 'e1', 'a1', 'red'), ('broken', 'e1', 'a1', 'blue'), ('<b>\u202eno name', 'e', 'a', 'x')");
        Program strict = program.with("crowdlab.datasets.broken.on-duplicate-annotation", "fail")
                .with("crowdlab.datasets.tickets.checks.min-examples", "1000");
        for (String dataset : List.of("fruit", "reviews", "tickets", "broken", "sentiment")) {
            strict.call("run", "--dataset", dataset);
        }
        strict.call(0, "report", "--all", "--out", folder.toString());
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @BeforeEach
    void open() {
        browser = Browser.open(directory.resolve("profile"));
        browser.show(folder.resolve("index.html").toAbsolutePath());
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void leadsToEveryReportAndBackWithoutScriptOrNetwork() throws IOException {
        browser.allowScripts(false);
        int reports = browser.elements(".datasets tbody th a").size();
        assertThat(reports).isEqualTo(5);
        for (int report = 0; report < reports; report++) {
            browser.elements(".datasets tbody th a").get(report).click();
            browser.element(".trail a").click();
        }
        assertThat(browser.element("h1").getText()).isEqualTo("All datasets");
        assertThat(browser.driver().getCurrentUrl()).contains("index.html#dataset-");
        assertThat(browser.messages()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().noneMatch(url -> url.matches("(https?|wss?|ftp):.*"));
    }

    @Test
    void fitsEveryWidth() {
        for (int width : WIDTHS) {
            assertThat(browser.widthIn(width)).as("of %s", width).isLessThanOrEqualTo(width);
        }
    }

    @Test
    void isReadableInLightAndDark() throws IOException {
        assertThat(browser.violations("light")).isEqualTo(List.of());
        assertThat(browser.violations("dark")).isEqualTo(List.of());
        browser.widthIn(390);
        assertThat(browser.violations("light")).isEqualTo(List.of());
    }
}
