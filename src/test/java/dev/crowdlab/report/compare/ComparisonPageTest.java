package dev.crowdlab.report.compare;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.report.ComparisonFixture;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Side;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.ExampleFigures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {

    private static final Share UNKNOWN = ComparisonFixture.UNKNOWN;

    private final Side seven = ComparisonFixture.side(7, "reviews", new Share(.50, .48, .52));
    private final Side twelve = ComparisonFixture.side(12, "reviews", new Share(.61, .58, .64));

    @Test
    void goldSaysWhichRunIsBetter() {
        assertThat(lead(
                        ComparisonFixture.with(seven, new Share(.840, .801, .873), 300, UNKNOWN),
                        ComparisonFixture.with(twelve, new Share(.912, .880, .936), 300, UNKNOWN)))
                .isEqualTo(
                        "Run 12 is better: its labels are right 91.2\u202f% of the time against gold (88.0\u00a0to\u00a093.6\u202f%),"
                                + " those of run 7 84.0\u202f% (80.1\u00a0to\u00a087.3\u202f%).");
    }

    @Test
    void aDifferenceWithinItsIntervalSaysNothing() {
        assertThat(lead(
                        ComparisonFixture.with(seven, new Share(.90, .85, .94), 100, UNKNOWN),
                        ComparisonFixture.with(twelve, new Share(.91, .86, .95), 100, UNKNOWN)))
                .startsWith(
                        "Neither run is clearly better: against gold, labels of run 12 are right 91.0\u202f% of the time, ")
                .endsWith(
                        " The difference of +1.0 points (−5.4\u00a0to\u00a0+7.4) may be chance. More gold labels narrow it.");
    }

    @Test
    void withoutGoldOfBothTheEstimateDecides() {
        assertThat(lead(
                        ComparisonFixture.with(seven, new Share(.95, .90, .98), 100, new Share(.90, .89, .91)),
                        ComparisonFixture.with(twelve, new Share(.85, .60, .95), 19, new Share(.80, .79, .81))))
                .isEqualTo(
                        "Run 7 is better as the committee estimates: its labels are right 90.0\u202f% of the time by that estimate"
                                + " (89.0\u00a0to\u00a091.0\u202f%), those of run 12 80.0\u202f% (79.0\u00a0to\u00a081.0\u202f%).");
    }

    @Test
    void agreementIsSaidToBeAgreement() {
        assertThat(lead(seven, twelve))
                .isEqualTo(
                        "Which run has the better labels is not known: neither has 20 gold labels or an estimate of its committee."
                                + " Annotators agree more in run 12: Krippendorff’s alpha is 0.61 (0.58\u00a0to\u00a00.64) in run 12 and 0.50"
                                + " (0.48\u00a0to\u00a00.52) in run 7. That is agreement, not correctness: people can agree on what is wrong.");
        assertThat(lead(ComparisonFixture.with(seven, new Share(.95, .90, .98), 100, UNKNOWN), twelve))
                .contains("is not known: run 12 has neither 20 gold labels nor an estimate of its committee.");
        assertThat(lead(
                        ComparisonFixture.with(seven, new Share(.95, .90, .98), 100, UNKNOWN),
                        ComparisonFixture.with(twelve, UNKNOWN, 0, new Share(.9, .8, 1))))
                .contains(
                        "one run has 20 gold labels, the other an estimate of its committee, which cannot be compared.");
        Side none = ComparisonFixture.side(13, "reviews", UNKNOWN);
        assertThat(lead(seven, none)).endsWith(" How much annotators agree cannot be compared, either.");
    }

    @Test
    void labelsOfOtherClassesAreNotCalledBetter() {
        Side other = ComparisonFixture.with(
                ComparisonFixture.with(twelve, new Share(.95, .94, .96), 300, UNKNOWN), List.of("a", "c"));
        ComparisonFigures figures =
                figures(ComparisonFixture.with(seven, new Share(.80, .78, .82), 300, UNKNOWN), other);
        assertThat(new Verdict(figures).sentence().plain())
                .startsWith("Run 12 has more labels right, but of other examples or classes: its labels are right ");
        assertThat(notes(figures)).anySatisfy(note -> assertThat(note)
                .startsWith("The two runs have different classes: only run 7 has b; only run 12 has c."));
        assertThat(notes(figures(seven, ComparisonFixture.with(twelve, List.of("c")))))
                .anySatisfy(note -> assertThat(note).startsWith("The two runs have no class in common:"));
    }

    @Test
    void notesSayWhatGoldIsWorth() {
        Side few = ComparisonFixture.with(seven, new Share(.8, .7, .9), 61, UNKNOWN);
        assertThat(notes(figures(few, ComparisonFixture.with(twelve, new Share(.8, .7, .9), 112, UNKNOWN))))
                .containsExactly(
                        "The gold may not be the same: 61 labels of run 7 and 112 of run 12 were compared with gold.");
        assertThat(notes(figures(few, twelve)))
                .containsExactly(
                        "Only run 7 was compared with gold: a gold-query for both would measure which is better.");
        assertThat(notes(figures(
                        ComparisonFixture.with(seven, "use_gold", "true"),
                        ComparisonFixture.with(twelve, "use_gold", "true"))))
                .containsExactly("Both runs take their gold labels over (use-gold): gold measures no other labels,"
                        + " and their estimates count gold examples as certainly right.");
        assertThat(notes(figures(seven, ComparisonFixture.with(twelve, "use_gold", "true"))))
                .containsExactly("Run 12 takes its gold labels over (use-gold): gold measures no other labels,"
                        + " and its estimate counts gold examples as certainly right.");
        Side pinned = ComparisonFixture.with(
                ComparisonFixture.with(twelve, new Share(.8, .7, .9), 61, UNKNOWN), "use_gold", "true");
        assertThat(notes(figures(few, pinned)))
                .containsExactly(
                        "Run 12 takes its gold labels over (use-gold): gold is compared with labels from before,"
                                + " and its estimate counts gold examples as certainly right.");
    }

    @Test
    void scalesThatDifferAreSaid() {
        assertThat(notes(figures(
                        ComparisonFixture.with(seven, "scale", "nominal"),
                        ComparisonFixture.with(twelve, "scale", "ordinal"))))
                .containsExactly("The classes are on different scales, nominal in run 7 and ordinal in run 12:"
                        + " alpha and kappa of the two mean different things.");
    }

    @Test
    void theIntervalOfADifferenceComesFromBothIntervals() {
        Difference difference = Difference.of(new Share(.5, .4, .6), new Share(.8, .7, .9));
        assertThat(difference.value()).isCloseTo(.3, within(1e-12));
        assertThat(difference.lower()).isCloseTo(.3 - Math.sqrt(.02), within(1e-12));
        assertThat(difference.upper()).isCloseTo(.3 + Math.sqrt(.02), within(1e-12));
        assertThat(difference.isClear()).isTrue();
        assertThat(Difference.of(UNKNOWN, new Share(.8, .7, .9)).isClear()).isFalse();
        assertThat(Difference.of(Cells.exact(.5), Cells.exact(.8)).hasInterval())
                .isFalse();
    }

    @Test
    void thePageIsTheSameTwiceAndEscapesWhatOthersWrote() {
        ComparisonFigures figures = ComparisonFixture.of(seven, twelve, i -> "<script>alert(" + i + ")</script>");
        ExampleFigures texts = new ExampleFigures(id -> "https://labels.example/1", Map.of(), false);
        String page = html(figures, texts, false);
        assertThat(page)
                .isEqualTo(html(figures, texts, false))
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(2000)");
        assertThat(page)
                .contains("default-src 'none'; style-src 'sha256-", "target=\"_blank\" rel=\"noopener noreferrer\"");
    }

    @Test
    void longIdsThatLookAlikeGetANumber() {
        String page = html(
                ComparisonFixture.of(seven, twelve, i -> "x".repeat(60) + i + "y".repeat(60)),
                ExampleFigures.NONE,
                false);
        assertThat(page).contains("(1)", "(2)", "(30)");
    }

    @Test
    void pseudonymsStandForAnnotators() {
        ComparisonFigures figures = ComparisonFixture.of(seven, twelve, i -> "dee-" + i);
        assertThat(html(figures, ExampleFigures.NONE, true))
                .contains(">annotator-01</bdi>", ">annotator-30</bdi>", ">dee-1000</bdi>")
                .doesNotContain("dee-2000");
    }

    private static String html(ComparisonFigures figures, ExampleFigures texts, boolean hasPseudonyms) {
        return new String(new ComparisonPage().html(figures, texts, hasPseudonyms, false), UTF_8);
    }

    private static ComparisonFigures figures(Side first, Side second) {
        return ComparisonFixture.of(first, second, i -> "w-" + i);
    }

    private static String lead(Side first, Side second) {
        return new Verdict(figures(first, second)).sentence().plain();
    }

    private static List<String> notes(ComparisonFigures figures) {
        return new Notes(figures)
                .notes().stream().map(note -> note.text().plain()).toList();
    }
}
