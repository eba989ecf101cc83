package dev.crowdlab.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, which has to be installed. */
public final class Browser implements AutoCloseable {

    private static final File BROWSER = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    /** A large report keeps axe busy for some seconds, on a busy machine for a minute. */
    private static final Duration MAX_SCRIPT = Duration.ofMinutes(3);

    private static final Duration MAX_LOAD = Duration.ofMinutes(1);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Starts a browser.
     *
     * @param profile an empty directory
     */
    public static Browser open(Path profile) {
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
                "--user-data-dir=" + profile);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriver driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
        driver.manage().timeouts().scriptTimeout(MAX_SCRIPT);
        return new Browser(driver);
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** Shows a page, which is there to its last line when this returns, scripts or none. */
    public void show(Path file) {
        String address = file.toUri().toString();
        driver.get("about:blank");
        driver.get(address);
        await().atMost(MAX_LOAD).until(() -> isComplete(address));
    }

    private boolean isComplete(String address) {
        return (Boolean) Objects.requireNonNull(driver.executeScript(
                "return document.readyState === 'complete' && location.href === arguments[0]", address));
    }

    /** Applies to pages shown from now on. */
    public void allowScripts(boolean allowed) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
    }

    public WebElement element(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public List<WebElement> elements(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** The texts of all elements at one moment, those out of sight too. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String selector) {
        return (List<String>) Objects.requireNonNull(driver.executeScript(
                "return Array.from(document.querySelectorAll(arguments[0]), element => element.textContent)",
                selector));
    }

    /** What the console has said since it was last asked. */
    public List<String> messages() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The addresses asked for since this was last called. */
    public List<String> requests() {
        return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(LogEntry::getMessage)
                .filter(message -> message.contains("\"Network.requestWillBeSent\""))
                .map(message -> message.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    /** The serious and critical things that axe finds in the page, in a light or a dark color scheme. */
    public Object violations(String scheme) throws IOException {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        try (InputStream axe = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            driver.executeScript(new String(axe.readAllBytes(), UTF_8));
        }
        return driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run({resultTypes: ["violations"]}).then(
                    found => done(found.violations
                        .filter(violation => violation.impact === "serious" || violation.impact === "critical")
                        .map(violation => violation.id + ": " + violation.nodes.slice(0, 3).map(node => node.html).join(" "))),
                    error => done(["axe: " + error]));""");
    }

    /** How wide the page is when the window has this width, in pixels. */
    public long widthIn(int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        return (Long) Objects.requireNonNull(driver.executeScript("return document.documentElement.scrollWidth"));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
