package dev.crowdlab.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.run.Finding;
import dev.crowdlab.run.Finding.Severity;
import dev.crowdlab.run.RunStatus;
import java.util.List;
import java.util.Locale;
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

    @Test
    void pseudonymsLeaveOutTheReasonOfAnAcknowledgment() {
        for (String end :
                new String[] {" Acknowledged until 2027-01-01", " It was acknowledged until 2020-01-01, which is over"
                }) {
            ReportFigures figures = FiguresFixture.with(
                    FiguresFixture.figures(5, 3, i -> "a-" + i),
                    FiguresFixture.run(
                            RunStatus.PUBLISHED,
                            List.of(new Finding(
                                    "METHODS_DIFFER", Severity.WARN, "They differ." + end + ": jane is new", 1, 1)),
                            List.of()));
            assertThat(html(figures, false)).contains("jane is new");
            assertThat(html(figures, true)).doesNotContain("jane is new").contains(end + ".");
        }
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
