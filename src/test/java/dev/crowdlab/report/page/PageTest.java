package dev.crowdlab.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.checks.Acknowledgements;
import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.run.RunStatus;
import dev.crowdlab.settings.Acknowledgement;
import dev.crowdlab.settings.CheckSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final int MAX_BYTES = 1_500_000;

    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "\"onmouseover=\"alert(1)",
            "'><img src=x onerror=alert(1)>",
            "</script><script>alert(1)</script>",
            "</style><b>",
            "\u202Egnp.tac",
            "a\u0007b\u001b[31m",
            "\uD83D",
            "${7*7}#{7*7}",
            "-->]]>&lt;&amp;");

    @Test
    void theSameFiguresGiveTheSameBytesEverywhere() {
        ReportFigures figures = FiguresFixture.figures(60, 5, i -> "a-" + i);
        byte[] here = new Page().html(figures, false);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
            assertThat(new Page().html(figures, false)).isEqualTo(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void aLargeDatasetMakesAFileOfModestSize() {
        String longId = "annotator with a rather long name, ".repeat(28);
        byte[] page = new Page().html(FiguresFixture.figures(1_000, 100, i -> longId + i), false);
        assertThat(page).hasSizeLessThan(MAX_BYTES);
        assertThat(new Page().html(FiguresFixture.figures(1_000, 12, i -> longId + i), false))
                .hasSizeLessThan(MAX_BYTES);
    }

    @Test
    void hostileTextIsShownAndDoesNothing() {
        String page =
                html(FiguresFixture.figures(60, 5, i -> HOSTILE.get(Math.floorMod(i, HOSTILE.size())) + i), false);
        assertThat(page)
                .doesNotContain("<script>alert", "<img", "</style><b>")
                .doesNotContainPattern("<[a-z][^<>]*\"onmouseover=\"")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("<span class=\"box\">U+202E</span>gnp.tac")
                .contains("<span class=\"box\">U+D83D</span>");
        assertThat(page.codePoints().filter(c -> c != '\n' && Character.getType(c) == Character.CONTROL))
                .isEmpty();
        assertThat(page.codePoints().filter(c -> Character.getType(c) == Character.FORMAT))
                .isEmpty();
        assertThat(page.split("<script", -1))
                .as("one script, one of data, each ended once")
                .hasSize(3);
        assertThat(page.split("</script>", -1)).hasSize(3);
    }

    @Test
    void nothingIsAskedOfTheNetworkOrBlockedByThePolicy() {
        String page = html(FiguresFixture.figures(60, 5, i -> "a-" + i), false);
        assertThat(page)
                .doesNotContain(" style=", "url(", "@import", "<link", "<img", "javascript:")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("(src|href)=\"(?!#)")
                .containsPattern(
                        "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; script-src 'sha256-[A-Za-z0-9+/]{43}=';");
        assertThat(page.indexOf("Content-Security-Policy")).isLessThan(page.indexOf("<title>"));
    }

    @Test
    void pseudonymsLeaveNoIdBehind() {
        ReportFigures figures = FiguresFixture.figures(60, 5, i -> i < 1_000_000 ? "jane.doe." + i : "x-" + i);
        assertThat(html(figures, false)).contains("jane.doe.17", "not-on-the-page");
        assertThat(html(figures, true))
                .doesNotContain("jane", "not-on-the-page", "neil")
                .contains("annotator-01", "Annotators have pseudonyms", "report --run 8 --pseudonyms");
    }

    /** Whatever words the checks choose: the finding comes from them. */
    @Test
    void pseudonymsLeaveOutTheReasonOfAnAcknowledgment() {
        CheckSettings known = new CheckSettings(
                Map.of(),
                Map.of(
                        FindingCode.METHODS_DIFFER,
                        new Acknowledgement(LocalDate.parse("2026-11-30"), "jane.doe@example.com is on leave")));
        Finding warning = Finding.of(FindingCode.METHODS_DIFFER, Severity.WARN, "They differ.", 1, 1);
        for (String day : List.of("2026-11-30", "2026-12-01")) {
            ReportFigures figures =
                    having(Acknowledgements.apply(known, Instant.parse(day + "T00:00:00Z"), List.of(warning)));
            assertThat(html(figures, false)).contains("jane.doe@example.com is on leave");
            assertThat(html(figures, true))
                    .doesNotContain("jane", "on leave")
                    .contains("They differ.", "cknowledged until 2026-11-30", "reason left out.");
        }
    }

    /** Their sentence may name anybody anywhere. */
    @Test
    void pseudonymsLeaveOutFindingsOfEarlierVersionsWhoseNamesNobodyRecorded() {
        Finding old = new Finding(
                "OPPOSITE_LABELS",
                Severity.WARN,
                Wording.ofEarlierVersion("1 annotator seems to give opposite labels: 'jane'; ask."),
                1,
                Double.NaN,
                FindingCode.OPPOSITE_LABELS.rank());
        ReportFigures figures = having(List.of(old));
        assertThat(html(figures, false)).contains("opposite labels: 'jane'; ask.");
        assertThat(html(figures, true))
                .doesNotContain("jane")
                .contains("Annotators who agree with a partner", "the command show 8 prints it");
    }

    @Test
    void pseudonymsLeaveOutValuesOfTheInput() {
        ReportFigures figures = having(List.of(Finding.of(
                FindingCode.REJECTED_SHARE,
                Severity.WARN,
                Wording.of("9 rows were rejected")
                        .text(" (UNKNOWN_LABEL 9")
                        .value(" ('jane' is no class)")
                        .text(")."),
                1,
                Double.NaN)));
        assertThat(html(figures, false)).contains("UNKNOWN_LABEL 9 ('jane' is no class)");
        assertThat(html(figures, true)).doesNotContain("jane").contains("(UNKNOWN_LABEL 9).");
    }

    private static ReportFigures having(List<Finding> findings) {
        return FiguresFixture.with(
                FiguresFixture.figures(5, 3, i -> "a-" + i),
                FiguresFixture.run(RunStatus.PUBLISHED, findings, List.of()));
    }

    @Test
    void aFailedRunHasNoSections() {
        ReportFigures failed = FiguresFixture.with(
                FiguresFixture.figures(5, 3, i -> "a-" + i),
                FiguresFixture.run(RunStatus.FAILED, List.of(), List.of()));
        assertThat(html(failed, false))
                .contains("The run failed", "id=\"how\"")
                .doesNotContain("id=\"agreement\"", "id=\"again\"");
    }

    @Test
    void everyLinkLeadsSomewhere() {
        String page = html(FiguresFixture.figures(60, 5, i -> "a-" + i), false);
        Matcher links = Pattern.compile("href=\"#([a-z]+)\"").matcher(page);
        int count = 0;
        while (links.find()) {
            assertThat(page).contains("id=\"" + links.group(1) + "\"");
            count++;
        }
        assertThat(count).isGreaterThan(10);
    }

    private static String html(ReportFigures figures, boolean hasPseudonyms) {
        return new String(new Page().html(figures, hasPseudonyms), UTF_8);
    }
}
