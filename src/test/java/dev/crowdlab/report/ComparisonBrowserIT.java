package dev.crowdlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.compare.ComparisonPage;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.ExampleFigures;
import dev.crowdlab.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** The page of two made-up runs in a browser: profile {@code browser}. */
@Tag("tools")
class ComparisonBrowserIT {

    /** The width between the margins of an A4 page, in pixels. */
    private static final int A4 = 688;

    @TempDir
    private Path directory;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.open(directory.resolve("profile"));
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-", "somebody.with.a.long.name@example.com", "averyveryverylongwordwithoutanyspaceinit"})
    void thePageNeverScrollsSideways(String word) throws IOException {
        show(word);
        for (int width : new int[] {320, 390, 768, 1_280}) {
            assertThat(browser.widthIn(width)).as("at %d pixels", width).isLessThanOrEqualTo(width);
            assertThat(outOfSight(width)).as("at %d pixels", width).isEmpty();
        }
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(browser.widthIn(A4)).isLessThanOrEqualTo(A4);
        assertThat(outOfSight(A4)).as("on paper").isEmpty();
    }

    @SuppressWarnings("unchecked")
    private List<String> outOfSight(int width) {
        return (List<String>) browser.driver().executeScript("""
                return Array.from(document.querySelectorAll(".versus td, .versus th:not(.group th), .work td"))
                    .filter(cell => cell.getBoundingClientRect().right > arguments[0])
                    .map(cell => cell.textContent)""", width);
    }

    @Test
    void axeFindsNothingSeriousInLightOrDark() throws IOException {
        show("a-");
        for (String scheme : List.of("light", "dark")) {
            assertThat(browser.violations(scheme))
                    .as(scheme)
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .isEmpty();
        }
    }

    @Test
    void everySectionStandsThereWithoutScriptsOrTheNetwork() throws IOException {
        browser.allowScripts(false);
        show("a-");
        for (String section : List.of("figures", "settings", "classes", "labels", "annotators", "models", "how")) {
            assertThat(browser.element("#" + section).isDisplayed()).as(section).isTrue();
        }
        assertThat(browser.elements("button, select, input, script")).isEmpty();
        assertThat(browser.elements(".versus circle.after")).isNotEmpty().allMatch(WebElement::isDisplayed);
        assertThat(browser.requests()).isNotEmpty().noneMatch(url -> url.matches("(https?|wss?|ftp):.*"));
    }

    private void show(String word) throws IOException {
        Path file = directory.resolve("comparison.html");
        Files.write(
                file,
                new ComparisonPage()
                        .html(
                                ComparisonFixture.of(
                                        ComparisonFixture.with(
                                                ComparisonFixture.side(7, "reviews", new Share(.5, .4, .6)),
                                                new Share(.84, .80, .87),
                                                300,
                                                new Share(.85, .7, .9)),
                                        ComparisonFixture.with(
                                                ComparisonFixture.side(12, "reviews-2", new Share(-.1, -.2, .1)),
                                                new Share(.91, .88, .94),
                                                200,
                                                ComparisonFixture.UNKNOWN),
                                        i -> word + i),
                                new ExampleFigures(
                                        id -> "https://labels.example/" + id,
                                        Map.of(word + 1_000, "A long text of an example. ".repeat(20)),
                                        false),
                                false,
                                false));
        browser.show(file);
    }
}
