package dev.crowdlab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.page.Page;
import dev.crowdlab.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The page of made-up figures in a browser: profile {@code browser}. */
@Tag("tools")
class BrowserIT {

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

    @Test
    void sortsPicksAndFindsWithoutACallToTheNetwork() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        ShownReport report = new ShownReport(browser);
        report.sorts();
        report.picks("a-3");
        report.finds("a-59");
        assertThat(browser.messages()).isEmpty();
        assertThat(browser.requests()).isNotEmpty().noneMatch(url -> url.matches("(https?|wss?|ftp):.*"));
    }

    @Test
    void unremarkableRowsAreFoldedUntilAskedForOrSearched() throws IOException {
        show(FiguresFixture.figures(200, 5, i -> "a-" + i));
        WebElement last = browser.elements("#annotator-table tbody:nth-of-type(2) tr.more-rows")
                .get(0);
        WebElement fold = browser.elements("#annotator-table button.fold").get(0);
        assertThat(browser.elements("#annotator-table tbody:nth-of-type(1) .fold"))
                .isEmpty();
        assertThat(last.isDisplayed()).isFalse();
        fold.click();
        assertThat(last.isDisplayed()).isTrue();
        assertThat(fold.getDomAttribute("aria-expanded")).isEqualTo("true");
        fold.click();
        assertThat(last.isDisplayed()).isFalse();
        browser.element(".find input")
                .sendKeys(last.findElement(By.cssSelector("th > .id")).getDomProperty("textContent"));
        assertThat(last.isDisplayed()).isTrue();
    }

    @Test
    void numericIdsAreSortedAsNumbersAlsoInThePicker() throws IOException {
        show(FiguresFixture.figures(120, 5, i -> String.valueOf(i)));
        browser.elements("#annotator-table thead button").get(0).click();
        List<String> ids = browser.texts("#annotator-table tbody:nth-of-type(1) th[scope=row] > .id");
        assertThat(ids).startsWith("0", "1", "2", "3").endsWith("14");
        assertThat(browser.texts(".picker option")).startsWith("all annotators", "0", "1", "2", "3", "4");
    }

    /** Buttons are not repeated there, so that the second page would have no headings. */
    @Test
    void headingsArePrintedAsWords() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(browser.elements("#annotator-table thead th > span"))
                .isNotEmpty()
                .allMatch(WebElement::isDisplayed);
        assertThat(browser.elements("#annotator-table button")).noneMatch(WebElement::isDisplayed);
    }

    @Test
    void onAPhoneNoNumberOfAnAnnotatorIsOutOfSight() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        browser.widthIn(390);
        assertThat(browser.driver().executeScript("""
                return Array.from(document.querySelectorAll("#annotator-table td[data-h], .cards td, .cards th"))
                    .filter(cell => cell.getBoundingClientRect().right > 390).length""")).isEqualTo(0L);
    }

    @Test
    void hostileTextDoesNothing() throws IOException {
        List<String> texts = List.of(
                "<script>document.title = 'x'</script>",
                "\" onmouseover=\"document.title = 'x'",
                "'><img src=x onerror=\"document.title = 'x'\">",
                "</script><script>document.title = 'x'</script>",
                "\u202Egnp");
        show(FiguresFixture.figures(30, 5, i -> texts.get(i % texts.size()) + i));
        new ShownReport(browser).pick(1);
        assertThat(browser.driver().getTitle()).startsWith("search-relevance");
        assertThat(browser.elements("main img, [onmouseover]")).isEmpty();
        assertThat(browser.messages()).isEmpty();
    }

    @Test
    void scoresAgainstGoldAreDrawnAndTold() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        assertThat(browser.elements(".calibrations figure")).hasSize(3).allMatch(WebElement::isDisplayed);
        assertThat(browser.elements(".calibrations circle")).hasSize(18);
        WebElement summary = browser.elements("#methods details summary").get(0);
        assertThat(browser.elements("#methods details td").get(0).isDisplayed()).isFalse();
        summary.click();
        assertThat(browser.elements("#methods details td").get(0).isDisplayed()).isTrue();
        assertThat(browser.violations("light"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isEmpty();
    }

    @Test
    void sharesAreDrawnWithTheirIntervalsAndFitAPhone() throws IOException {
        show(FiguresFixture.figures(60, 100, i -> "a-" + i));
        assertThat(browser.elements("#shares tbody tr")).hasSize(30).allMatch(WebElement::isDisplayed);
        assertThat(browser.elements("#shares tbody .dot")).hasSize(30);
        assertThat(browser.elements("#shares tbody path.below")).hasSize(8);
        assertThat(browser.elements("#shares tbody .few")).hasSize(22);
        fitsEveryWidth("#shares td, #shares tbody th, #shares li");
    }

    @Test
    void machinesAndTheirSharedErrorsFitAPhone() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        assertThat(browser.elements("#machines .machines tbody tr")).hasSize(6).allMatch(WebElement::isDisplayed);
        assertThat(browser.elements("#machines .machines .dot")).hasSize(5);
        assertThat(browser.elements("#machines .errors tbody td")).hasSize(25);
        assertThat(browser.texts("#machines .errors td.m6")).isNotEmpty().allMatch(text -> text.startsWith("0."));
        assertThat(browser.elements("#machines .weights tbody tr")).hasSize(4);
        fitsEveryWidth("#machines .machines td, #machines .machines tbody th, #machines .weights td");
    }

    @Test
    void statesAreDrawnAndFitAPhone() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        assertThat(browser.elements("#states tbody tr")).hasSize(3).allMatch(WebElement::isDisplayed);
        assertThat(browser.elements("#states rect.fine"))
                .extracting(bar -> bar.getRect().getWidth() > 15)
                .containsExactly(true, true, true);
        fitsEveryWidth("#states td, #states tbody th, #states p");
    }

    /** The page is no wider than the window, and what the selector finds is within a phone's. */
    private void fitsEveryWidth(String selector) {
        for (int width : new int[] {320, 390, 984, 1_280}) {
            assertThat(browser.widthIn(width)).as("at %d pixels", width).isLessThanOrEqualTo(width);
        }
        browser.widthIn(390);
        assertThat(browser.elements(selector)).isNotEmpty();
        assertThat(browser.driver().executeScript("""
                return Array.from(document.querySelectorAll(arguments[0]))
                    .filter(cell => cell.getBoundingClientRect().right > 390).length""", selector)).isEqualTo(0L);
    }

    @Test
    void axeFindsNothingSerious() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        for (String scheme : List.of("light", "dark")) {
            assertThat(browser.violations(scheme))
                    .as(scheme)
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .isEmpty();
        }
    }

    @Test
    void allButSortingAndPickingStandsThereWithoutScripts() throws IOException {
        browser.allowScripts(false);
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        assertThat(browser.elements("#annotator-table tbody tr")).hasSize(64);
        new ShownReport(browser)
                .standsThereWithoutScripts(
                        "agreement",
                        "annotators",
                        "classes",
                        "labels",
                        "states",
                        "machines",
                        "again",
                        "wrong",
                        "next",
                        "refused",
                        "how");
    }

    @Test
    void thePageItselfNeverScrollsSideways() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        for (int width : new int[] {320, 390, 768, 1_280, 1_920}) {
            assertThat(browser.widthIn(width)).as("at %d pixels", width).isLessThanOrEqualTo(width);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "annotator-",
                "dee.doe@mail.org-",
                "somebody.with.a.long.name@example.com",
                "{0f8fad5b-d9cb-469f-a165-70867728950e}"
            })
    void theTableOfAnnotatorsFitsTheColumn(String annotator) throws IOException {
        show(FiguresFixture.figures(60, 5, i -> i < 1_000_000 ? annotator + i : "cancellation" + i % 5));
        assertThat(browser.texts(".annotators td.since").get(0)).isEqualTo("19\u00a0Oct 2025\u00a0– 23\u00a0Nov");
        for (int width : new int[] {984, 1_179, 1_180, 1_280, 1_920}) {
            browser.widthIn(width);
            assertThat(browser.driver().executeScript("""
                    const table = document.getElementById("annotator-table");
                    return table.offsetWidth - table.parentElement.clientWidth"""))
                    .as("at %d pixels", width)
                    .isEqualTo(0L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6, 8, 30})
    void matricesFitTheColumnAndThePaper(int classes) throws IOException {
        show(FiguresFixture.figures(
                60,
                classes,
                i -> i < 1_000_000 ? "somebody.with.a.long.name@example.com" + i : "cancellation" + i % classes));
        for (int width : new int[] {984, 1_001, 1_179, 1_440}) {
            browser.widthIn(width);
            assertThat(hiddenSideways()).as("at %d pixels", width).isEmpty();
        }
        browser.driver().executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", "print"));
        assertThat(browser.widthIn(A4)).isLessThanOrEqualTo(A4);
        assertThat(hiddenSideways()).as("on paper").isEmpty();
    }

    /** The matrices of which a part is out of sight, or that stand in another's place. */
    @SuppressWarnings("unchecked")
    private List<String> hiddenSideways() {
        return (List<String>) Objects.requireNonNull(browser.driver().executeScript("""
                const right = element => element.getBoundingClientRect().right;
                return Array.from(document.querySelectorAll(".pairs, .matrix, #mix-ups"))
                    .filter(table => right(table) > right(table.parentElement) + 1 || right(table) > right(document.querySelector("main")) + 1)
                    .map(table => table.className + table.id + right(table) + " > " + right(table.parentElement))"""));
    }

    private void show(ReportFigures figures) throws IOException {
        Path file = directory.resolve("report.html");
        Files.write(file, new Page().html(figures, false));
        browser.show(file);
    }
}
