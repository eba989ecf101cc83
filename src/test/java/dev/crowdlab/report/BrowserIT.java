package dev.crowdlab.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.page.Page;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The page in Debian's Chromium, which has to be installed: profile {@code browser}. */
@Tag("browser")
class BrowserIT {

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    @TempDir
    private Path directory;

    private ChromeDriver browser;

    @BeforeEach
    void open() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        browser = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    }

    @AfterEach
    void close() {
        browser.quit();
    }

    @Test
    void sortsPicksAndFindsWithoutACallToTheNetwork() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        sorts();
        picks();
        finds();
        assertThat(messages()).isEmpty();
        assertThat(requests()).isNotEmpty().noneMatch(url -> url.matches("(https?|wss?|ftp):.*"));
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
        pick(1);
        assertThat(browser.getTitle()).startsWith("search-relevance");
        assertThat(browser.findElements(By.cssSelector("main img, [onmouseover]")))
                .isEmpty();
        assertThat(messages()).isEmpty();
    }

    @Test
    void axeFindsNothingSerious() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        for (String scheme : List.of("light", "dark")) {
            browser.executeCdpCommand(
                    "Emulation.setEmulatedMedia",
                    Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
            assertThat(violations())
                    .as(scheme)
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .isEmpty();
        }
    }

    @Test
    void allButSortingAndPickingStandsThereWithoutScripts() throws IOException {
        browser.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        assertThat(browser.findElements(By.cssSelector("button, select, input")))
                .isEmpty();
        assertThat(browser.findElements(By.cssSelector("#annotator-table tbody tr")))
                .hasSize(64);
        assertThat(browser.findElements(By.tagName("details"))).isNotEmpty();
        for (String section :
                List.of("agreement", "annotators", "classes", "labels", "again", "wrong", "next", "refused", "how")) {
            assertThat(browser.findElement(By.id(section)).isDisplayed())
                    .as(section)
                    .isTrue();
        }
    }

    @Test
    void thePageItselfNeverScrollsSideways() throws IOException {
        show(FiguresFixture.figures(60, 5, i -> "a-" + i));
        for (int width : new int[] {320, 390, 768, 1_280, 1_920}) {
            browser.executeCdpCommand(
                    "Emulation.setDeviceMetricsOverride",
                    Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
            Object wide = browser.executeScript("return document.documentElement.scrollWidth");
            assertThat((Long) wide).as("at %d pixels", width).isLessThanOrEqualTo(width);
        }
    }

    private void show(ReportFigures figures) throws IOException {
        Path file = directory.resolve("report.html");
        Files.write(file, new Page().html(figures, false));
        browser.get(file.toUri().toString());
    }

    private void sorts() {
        List<String> given = firstGroup();
        WebElement head = browser.findElement(By.xpath("//table[@id='annotator-table']//th[3]"));
        WebElement button = head.findElement(By.tagName("button"));
        button.click();
        assertThat(head.getDomAttribute("aria-sort")).isEqualTo("descending");
        assertThat(status()).isEqualTo("Sorted by labels, descending");
        List<String> descending = firstGroup();
        button.click();
        List<String> ascending = new ArrayList<>(firstGroup());
        Collections.reverse(ascending);
        assertThat(ascending).isEqualTo(descending);
        button.click();
        assertThat(firstGroup()).isEqualTo(given);
    }

    private List<String> firstGroup() {
        return browser.findElements(By.cssSelector("#annotator-table tbody:nth-of-type(1) th[scope=row]")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private void picks() {
        String all = browser.findElement(By.id("matrix")).getText();
        pick(4);
        assertThat(status()).isEqualTo("Showing the classes of a-3");
        assertThat(browser.findElement(By.id("matrix")).getText()).isNotEqualTo(all);
        assertThat(browser.findElement(By.cssSelector("#classes .saying")).getText())
                .startsWith("a-3 says");
        pick(0);
        assertThat(browser.findElement(By.id("matrix")).getText()).isEqualTo(all);
    }

    private void pick(int option) {
        browser.findElements(By.cssSelector(".picker option")).get(option).click();
    }

    private void finds() {
        browser.findElement(By.cssSelector(".find input")).sendKeys("a-59");
        assertThat(status()).isEqualTo("1 annotator found");
    }

    private String status() {
        return browser.findElement(By.cssSelector("[role=status]")).getDomProperty("textContent");
    }

    private List<String> messages() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    private List<String> requests() {
        return browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private Object violations() throws IOException {
        try (InputStream axe = Objects.requireNonNull(BrowserIT.class.getResourceAsStream("/axe.min.js"))) {
            browser.executeScript(new String(axe.readAllBytes(), UTF_8));
        }
        return browser.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run({resultTypes: ["violations"]}).then(
                    found => done(found.violations
                        .filter(violation => violation.impact === "serious" || violation.impact === "critical")
                        .map(violation => violation.id + ": " + violation.nodes.slice(0, 3).map(node => node.html).join(" "))),
                    error => done(["axe: " + error]));""");
    }
}
