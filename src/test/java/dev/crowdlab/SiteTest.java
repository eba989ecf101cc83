package dev.crowdlab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import dev.crowdlab.testing.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The site of the pages, without the sample's report, and what its build refuses. */
class SiteTest {

    private static final String VERSION = "1.2.0";

    @TempDir
    private static Path folder;

    private static String faults;

    @BeforeAll
    static void makeTheSiteOfThesePages() throws IOException, InterruptedException {
        faults = make(Path.of(""), folder);
    }

    @Test
    void everyLinkOfEveryPageLeadsSomewhere() throws IOException {
        assertThat(faults).isEmpty();
        try (Stream<Path> pages = Files.list(Path.of("src/site/markdown"))) {
            assertThat(pages).isNotEmpty().allSatisfy(page -> assertThat(
                            page(page.getFileName().toString().replace(".md", ".html")))
                    .isNotEmptyFile());
        }
    }

    @Test
    void noPageAsksForAnythingFromElsewhere() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(VERSION))) {
            for (Path page :
                    files.filter(file -> file.toString().endsWith(".html")).toList()) {
                assertThat(page).content().doesNotContainPattern("(?:src|<link[^>]* href)=\"(?:[a-z]+:)?//");
            }
        }
    }

    @Test
    void linksLeadToPagesOfTheSiteAndToTheFilesOfTheVersion() {
        assertThat(page("tutorial.html"))
                .content()
                .contains("<a href=\"commands.html#exit-codes\">")
                .doesNotContain(".md\"");
        assertThat(page("index.html"))
                .content()
                .contains("<a href=\"database.html#views-of-crowdlab_bi\">")
                .containsPattern("<a href=\"https://[^\"]+/blob/v" + VERSION + "/src/deploy/crowdlab\">");
        assertThat(folder.resolve("index.html")).content().contains("url=" + VERSION + "/index.html");
    }

    @Test
    void everyPageIsNamedForLanguageModels() {
        assertThat(folder.resolve("llms.txt"))
                .content()
                .startsWith("# crowdlab-etl " + VERSION + "\n\n> A nightly job ")
                .contains("\n## Reference\n\n", "](" + VERSION + "/configuration.html): ");
    }

    @Test
    void headingsOfOneNameAreToldApart(@TempDir Path project) throws IOException, InterruptedException {
        write(project, "[second](#upgrading-1)\n\n## Upgrading\n\n## Upgrading\n");
        assertThat(make(project, project.resolve("site"))).isEmpty();
        assertThat(project.resolve("site").resolve(VERSION).resolve("page.html"))
                .content()
                .contains("id=\"upgrading\"", "id=\"upgrading-1\"");
    }

    @Test
    void aLinkThatLeadsNowhereFailsTheBuild(@TempDir Path project) throws IOException, InterruptedException {
        write(
                project,
                "[gone](gone.md) [here](#two-words) [gone](#two) [front](../../../README.md#none)\n\n## Two words\n");
        assertThat(make(project, project.resolve("site")).lines())
                .containsExactly(
                        "src/site/markdown/page.md: the link #two leads to no heading of src/site/markdown/page.md",
                        "src/site/markdown/page.md: the link ../../../README.md#none leads to no heading of README.md",
                        "src/site/markdown/page.md: the link gone.md leads to no file");
    }

    @Test
    void aPictureFromElsewhereFailsTheBuild(@TempDir Path project) throws IOException, InterruptedException {
        write(project, "![badge](https://badges.example/badge.svg)\n");
        assertThat(make(project, project.resolve("site")))
                .isEqualTo("src/site/markdown/page.md: the picture https://badges.example/badge.svg is from elsewhere;"
                        + " put it into src/site/resources\n");
    }

    @Test
    void aPageThatNobodyCanFindFailsTheBuild(@TempDir Path project) throws IOException, InterruptedException {
        write(project, "Text.\n");
        Files.writeString(project.resolve("src/site/markdown/lost.md"), "# Lost\n");
        assertThat(make(project, project.resolve("site")))
                .isEqualTo("src/site/markdown/lost.md: is not in the table \"Read on\" of README.md; add it\n");
    }

    @Test
    @Tag("tools")
    void theSearchFindsSectionsAndThePagesFitAPhoneAndDarkness(@TempDir Path profile) throws IOException {
        try (Browser browser = Browser.open(profile)) {
            browser.show(page("index.html"));
            browser.element("#search").sendKeys("findings known");
            await().untilAsserted(() -> assertThat(browser.texts("#results li"))
                    .anyMatch(hit -> hit.startsWith("Configuration: Findings that are known")));
            browser.element("#search").sendKeys(Keys.ENTER);
            assertThat(browser.driver().getCurrentUrl())
                    .contains("/" + VERSION + "/")
                    .contains(".html#");
            List<String> names = List.of("index.html", "checks.html", "configuration.html", "database.html");
            for (String name : names) {
                browser.show(page(name));
                assertThat(browser.widthIn(360)).as(name).isLessThanOrEqualTo(360);
            }
            assertThat(browser.messages()).isEmpty();
            assertThat(browser.requests()).isNotEmpty().noneMatch(address -> address.startsWith("http"));
            for (String name : names) {
                browser.show(page(name));
                assertThat(browser.violations("light"))
                        .asInstanceOf(LIST)
                        .as(name)
                        .isEmpty();
                assertThat(browser.violations("dark"))
                        .asInstanceOf(LIST)
                        .as(name)
                        .isEmpty();
            }
        }
    }

    @Test
    @Tag("tools")
    void thePagesAreReadableWithoutScripts(@TempDir Path profile) {
        try (Browser browser = Browser.open(profile)) {
            browser.allowScripts(false);
            browser.driver().get(page("checks.html").toUri().toString());
            assertThat(browser.element("#search").isDisplayed()).isFalse();
            assertThat(browser.element("main h1").isDisplayed()).isTrue();
            browser.element("nav a[href='commands.html']").click();
            assertThat(browser.element("main h1").getText()).isEqualTo("Commands");
        }
    }

    private static Path page(String name) {
        return folder.resolve(VERSION).resolve(name);
    }

    /** A project with one page that the front names. */
    private static void write(Path project, String text) throws IOException {
        Files.createDirectories(project.resolve("src/site/markdown"));
        Files.createDirectories(project.resolve("src/site/resources"));
        Files.createDirectories(project.resolve("src/site/skin"));
        Files.createDirectories(project.resolve("db"));
        Files.copy(Path.of("src/site/skin/page.html"), project.resolve("src/site/skin/page.html"));
        Files.writeString(project.resolve("db/README.md"), "# Tables\n");
        Files.writeString(project.resolve("src/site/markdown/page.md"), "# Page\n\n" + text);
        Files.writeString(
                project.resolve("README.md"),
                "# Name\n\nWhat it is.\n\n## Read on\n\n| | page | contents |\n|---|---|---|\n"
                        + "| **Kind** | [Page](src/site/markdown/page.md) · [Tables](db/README.md) | both |\n");
    }

    /** What the build says, which fails if that is anything. */
    private static String make(Path project, Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Path.of("src/site/java/Site.java").toAbsolutePath().toString(),
                        VERSION,
                        "https://code.example/project",
                        folder.toAbsolutePath().toString())
                .directory(project.toAbsolutePath().toFile())
                .start();
        String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(said.isEmpty() ? 0 : 1);
        return said;
    }
}
