package dev.crowdlab.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.finding.Finding;
import dev.crowdlab.finding.Finding.Severity;
import dev.crowdlab.finding.FindingCode;
import dev.crowdlab.finding.Wording;
import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.AgreementFigures;
import dev.crowdlab.report.figures.AgreementFigures.Statistic;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Size;
import dev.crowdlab.report.figures.ClassFigures;
import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.ConsensusFigures.Bin;
import dev.crowdlab.report.figures.ConsensusFigures.Method;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PeriodFigures;
import dev.crowdlab.report.figures.RejectedFigures;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.figures.RunFigures;
import dev.crowdlab.report.figures.RunFigures.Changes;
import dev.crowdlab.report.figures.ShareFigures;
import dev.crowdlab.report.page.HeaderView.FindingView;
import dev.crowdlab.report.picture.Tick;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Numbers;
import dev.crowdlab.report.words.Prose;
import dev.crowdlab.report.words.Rendered;
import dev.crowdlab.report.words.Words;
import dev.crowdlab.run.RunStatus;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SentencesTest {

    private final ReportFigures figures = FiguresFixture.figures(40, 5, i -> "a-" + i);

    @Test
    void alphaIsJudgedByItsLimits() {
        assertThat(verdict(0.21, 0.203, 0.22))
                .isEqualTo(
                        "Krippendorff’s alpha is 0.21 (90\u202f% interval 0.20\u00a0to\u00a00.22), below the 0.67 from which labels"
                                + " of single annotators allow tentative conclusions. It does not judge the consensus, which combines"
                                + " several labels.");
        assertThat(verdict(0.7, 0.55, 0.75)).contains("between 0.67 and 0.80: labels of single annotators allow");
        assertThat(verdict(0.9, 0.88, 0.92)).contains("above 0.80: labels of single annotators are reliable");
        assertThat(verdict(-0.1, -0.2, -0.05)).contains("−0.10 (90\u202f% interval −0.20\u00a0to\u00a0−0.05), below");
    }

    private String verdict(double value, double lower, double upper) {
        return new AgreementSection(context(withStatistics(List.of(
                        new Statistic("percent_agreement", 0.39, 0.38, 0.40, 2_617, ""),
                        new Statistic("krippendorff_alpha", value, lower, upper, 2_617, "")))))
                .view()
                .remarks()
                .get(0)
                .plain();
    }

    @Test
    void kappaIsToldAsStoredWithItsPairs() {
        AgreementView.Row kappa = new AgreementSection(context(withStatistics(List.of(
                        new Statistic("percent_agreement", 0.39, 0.38, 0.40, 2_617, ""),
                        new Statistic("mean_cohen_kappa", 0.9, 0.8, 1, 5, "")))))
                .view()
                .rows()
                .get(1);
        assertThat(kappa.value()).isEqualTo("0.90");
        assertThat(kappa.meaning().plain()).isEqualTo("of 5 pairs of annotators, added up");
    }

    @Test
    void whoDriftsIsToldFirst() {
        PeriodFigures dropped = new PeriodFigures(
                List.of(),
                List.of(
                        new PeriodFigures.Drop("a-3", LocalDate.of(2026, 11, 9), 0.8, 0.2105),
                        new PeriodFigures.Drop("a-4", LocalDate.of(2026, 11, 2), 0.7, 0.5)));
        List<FindingView> findings = new Highlights(context(FiguresFixture.with(figures, dropped))).views();
        assertThat(findings.get(0).text().plain())
                .isEqualTo(
                        "2 annotators agree less than before: with the consensus a-3 on 21\u202f% of labels since 9\u00a0Nov, on"
                                + " 80\u202f% before, a-4 on 50\u202f% of labels since 2\u00a0Nov, on 70\u202f% before.");
        assertThat(findings.get(0).isWarning()).isTrue();
    }

    @Test
    void whatWasRejectedIsACauseWhereNothingWasPublished() {
        Finding few =
                Finding.of(FindingCode.MIN_EXAMPLES, Severity.FAIL, "There are 3 examples; 5 are asked for.", 3, 5);
        List<FindingView> findings = new Highlights(context(with(RunStatus.REFUSED, few))).views();
        assertThat(findings.get(0).text().plain()).startsWith("32 rows were rejected");
        assertThat(findings.get(0).isWarning()).isTrue();
    }

    @Test
    void aClassThatWasOnceGivenForAnotherIsNoMixUp() {
        ClassFigures all = figures.classes();
        ClassFigures one = new ClassFigures(
                all.count(),
                all.classes(),
                all.matrix(),
                List.of(new ClassFigures.MixUp("a-1000001", "a-1000000", 1, 6)),
                all.labels(),
                all.byAnnotator());
        ReportFigures few = FiguresFixture.with(figures, one);
        assertThat(sentences(few)).noneMatch(sentence -> sentence.contains("mix-up"));
        ClassView view = new ClassSection(context(few)).view();
        assertThat(view.head().saying().plain()).isEqualTo("No class was given for another more than once.");
        assertThat(view.mixUps()).isEmpty();
    }

    @Test
    void noScoreIsRoundedToNothing() {
        assertThat(Rendered.words("doubtful", figures))
                .contains("a-1000000 by a-0, 0.000", "a-1000001 by a-1, under 0.001");
        assertThat(Rendered.html("doubtful", figures).split("<tr role=\"row\"", -1))
                .hasSize(2 + 50);
        assertThat(Numbers.boundedScore(3.0 / 4_000)).isEqualTo("under 0.01");
        assertThat(Numbers.boundedScore(0)).isEqualTo("0.00");
        assertThat(Numbers.about(3_812)).isEqualTo("3,800");
        assertThat(Numbers.about(99)).isEqualTo("99");
        assertThat(Numbers.about(999)).isEqualTo("1,000");
    }

    @Test
    void theReasonIsNotRepeatedUnderItsHeading() {
        String list = Rendered.html("review", figures);
        String unvoted = list.substring(list.indexOf("<h3>Nobody chose it</h3>"));
        assertThat(list).contains("Why</th>", "Annotators disagree</td>");
        assertThat(unvoted).doesNotContain("Why</th>", "Annotators disagree</td>");
    }

    @Test
    void findingsBeginWithWarnings() {
        List<FindingView> findings = new Highlights(context(figures)).views();
        assertThat(sentences(figures))
                .containsExactly(
                        "5 annotators are clearly below the middle of the team. Largest effect: annotators a-4, a-3, a-2. All 5"
                                + " gave 1\u202f% of all labels.",
                        "Annotator a-0 seems to give opposite labels: agrees with annotator a-1 on 3\u202f% of 379 common"
                                + " examples, where guessing gives 23\u202f%.",
                        "255 of 2621 consensus labels (9.73 %) were given by no annotator of the example.",
                        "29 consensus labels overrule three or more annotators who all gave the same other label.",
                        "Something was found that nobody knows; check whether it matters.",
                        "“a-1000001” for “a-1000000” is the most frequent mix-up: 858 labels, 29\u202f% of those for examples"
                                + " whose consensus is “a-1000000”.",
                        "32 rows were rejected (0.2\u202f% of the labels read), 23 of them because “Good” is not a class.");
        assertThat(findings.stream().map(FindingView::isWarning))
                .containsExactly(true, true, true, true, true, false, false);
        assertThat(findings.get(0).href()).isEqualTo("#annotators");
    }

    @Test
    void oppositeLabelsAreToldOnlyIfTheRunFoundThem() {
        Finding opposite = Finding.of(
                FindingCode.OPPOSITE_LABELS, Severity.WARN, "1 annotator seems to be opposed; ask.", 1, Double.NaN);
        assertThat(sentences(with(RunStatus.PUBLISHED))).noneMatch(sentence -> sentence.contains("opposite"));
        assertThat(sentences(with(RunStatus.PUBLISHED, opposite)))
                .anyMatch(sentence ->
                        sentence.startsWith("Annotator a-0 seems to give opposite labels: agrees with annotator a-1"))
                .doesNotContain(opposite.message());
    }

    @Test
    void othersWithOppositeLabelsAreCounted() {
        Finding three = Finding.of(FindingCode.OPPOSITE_LABELS, Severity.WARN, "3 annotators are.", 3, Double.NaN);
        assertThat(sentences(with(RunStatus.PUBLISHED, three)))
                .anyMatch(sentence ->
                        sentence.endsWith("guessing gives 23\u202f%. 2 others seem to do the same: see the checks."));
    }

    @Test
    void aStatisticIsNeverRoundedToWhatItIsNot() {
        assertThat(statistics(0.5, 0.504, 0.9999).remarks().get(1).plain())
                .contains("They differ by less than 0.01: no class");
        assertThat(statistics(0.5, 0.52, 0.9999).remarks().get(1).plain()).contains("They differ by 0.02");
        assertThat(statistics(0.5, 0.52, 0.9999).rows().get(3).value()).isEqualTo("over 0.99");
        assertThat(statistics(0.5, 0.52, 1).rows().get(3).value()).isEqualTo("1.00");
    }

    private AgreementView statistics(double alpha, double ac1, double coverage) {
        return new AgreementSection(context(withStatistics(List.of(
                        new Statistic("percent_agreement", 0.39, 0.38, 0.40, 2_617, ""),
                        new Statistic("krippendorff_alpha", alpha, 0.4, 0.6, 2_617, ""),
                        new Statistic("gwet_ac1", ac1, 0.4, 0.6, 2_617, ""),
                        new Statistic("coverage", coverage, Double.NaN, Double.NaN, 11_040, "")))))
                .view();
    }

    @Test
    void withoutAnExampleOfTwoLabelsThereIsNoTableOfStatistics() {
        AgreementView view = new AgreementSection(context(withStatistics(List.of(
                        new Statistic(
                                "percent_agreement", Double.NaN, Double.NaN, Double.NaN, 0, "No example has two."),
                        new Statistic("coverage", 1, Double.NaN, Double.NaN, 200, "")))))
                .view();
        assertThat(view.head().isNone()).isTrue();
        assertThat(view.rows()).isEmpty();
        assertThat(view.remarks()).isEmpty();
    }

    @Test
    void thePeriodsSayWhatTheirScoreIs() {
        assertThat(new PeriodPictures(context(figures)).periods().saying().plain())
                .startsWith("The mean score of the labels of each week, from 0 to 1, with its interval;")
                .contains("It is not the quality in the table")
                .matches(".*: \\d\\.\\d\\d in the week of .*, \\d\\.\\d\\d in the week of .*\\.");
    }

    @Test
    void aCheckThatEndedARunHasTheWordOfItsStatus() {
        Finding failed = Finding.of(FindingCode.FAILED, Severity.FAIL, "There is 1 class.", Double.NaN, Double.NaN);
        assertThat(new OriginSection(context(with(RunStatus.FAILED, failed)), false)
                        .view()
                        .checks()
                        .get(0)
                        .severity())
                .isEqualTo("Failed");
        assertThat(new OriginSection(context(with(RunStatus.REFUSED, failed)), false)
                        .view()
                        .checks()
                        .get(0)
                        .severity())
                .isEqualTo("Refused");
    }

    @Test
    void withoutPairsTheFindingItselfTellsOfOppositeLabels() {
        Finding opposite = Finding.of(
                FindingCode.OPPOSITE_LABELS, Severity.WARN, "1 annotator seems to be opposed; ask.", 1, Double.NaN);
        ReportFigures found = with(RunStatus.PUBLISHED, opposite);
        ReportFigures withoutPairs = FiguresFixture.with(found, PairFigures.NONE);
        assertThat(sentences(withoutPairs)).contains(opposite.message());
    }

    @Test
    void aDropIsToldWithItsTime() {
        PeriodFigures dropped = new PeriodFigures(
                List.of(), List.of(new PeriodFigures.Drop("a-3", LocalDate.of(2026, 11, 9), 0.8, 0.2105)));
        assertThat(sentences(FiguresFixture.with(with(RunStatus.PUBLISHED), dropped)))
                .contains(
                        "Annotator a-3 agrees less than before: with the consensus on 21\u202f% of labels since 9\u00a0Nov, on 80\u202f% in the time"
                                + " before.");
    }

    @Test
    void moreThanSevenFindingsAreCounted() {
        Finding[] many = IntStream.range(0, 9)
                .mapToObj(
                        i -> new Finding("X" + i, Severity.WARN, Wording.of("Finding " + i), Double.NaN, Double.NaN, i))
                .toArray(Finding[]::new);
        List<FindingView> findings = new Highlights(context(with(RunStatus.PUBLISHED, many))).views();
        assertThat(findings).hasSize(8);
        assertThat(findings.get(7).text().plain()).isEqualTo("5 more findings");
    }

    @Test
    void sentencesKnowOneFromMany() {
        assertThat(HeaderSection.changed(new Changes(32, 1, 0))).isEqualTo("32 labels changed, 1 is new, none is gone");
        assertThat(HeaderSection.changed(new Changes(1, 2, 3))).isEqualTo("1 label changed, 2 are new, 3 are gone");
        assertThat(HeaderSection.changed(new Changes(0, 0, 0)))
                .isEqualTo("no label changed, none is new, none is gone");
        assertThat(Words.labels(1)).isEqualTo("1 label");
    }

    @Test
    void theFirstRunHasNothingToCompareWith() {
        ReportFigures first = FiguresFixture.with(
                figures,
                FiguresFixture.run(
                        RunStatus.PUBLISHED, List.of(), FiguresFixture.history().subList(2, 3)));
        HeaderView header = new HeaderSection(context(first)).view(Prose.NONE);
        assertThat(header.since().plain())
                .isEqualTo("The first published run of this dataset: nothing to compare with yet.");
        assertThat(header.figures())
                .allSatisfy(figure -> assertThat(figure.spark()).isNull());
    }

    @Test
    void figuresTellTheChange() {
        HeaderView header = new HeaderSection(context(figures)).view(Prose.NONE);
        assertThat(header.since().plain())
                .isEqualTo(
                        "Since the run of 22\u00a0Nov: 32 labels changed, 1 is new, none is gone. Lines show the last 3 published"
                                + " runs, each on its own scale.");
        assertThat(header.figures().stream()
                        .map(figure -> figure.name() + ": " + figure.value() + ", "
                                + figure.note().plain()))
                .containsExactly(
                        "Examples labeled: 2,621, of 2,665, 98.3\u202f%",
                        "Labels: 15,311, +1,378 since 22\u00a0Nov",
                        "Labels per example: 5.8, 2,617 examples have two or more",
                        "Annotators: 177, 8 with fewer than 20 labels",
                        "Mean label quality: 0.496, −0.005 since 22\u00a0Nov");
    }

    @Test
    void sectionsSayWhatTheyShow() {
        Context context = context(figures);
        assertThat(new AgreementSection(context).view().head().saying().plain())
                .isEqualTo(
                        "Two annotators who label the same example give the same label in 39\u202f% of cases; labels given at"
                                + " random with the same class shares would agree in 23\u202f%.");
        assertThat(new AnnotatorSection(context).view().head().saying().plain())
                .isEqualTo(
                        "5 of 40 annotators are clearly below the middle of the team, 9 clearly above; 8 have too few labels"
                                + " to say.");
        assertThat(new ClassSection(context).view().head().saying().plain())
                .isEqualTo("Where the consensus is “a-1000000”, 29\u202f% of labels say “a-1000001”.");
        assertThat(new LabelSection(context).view().head().saying().plain())
                .isEqualTo("50\u202f% of consensus labels have a quality below 0.50.");
        assertThat(Rendered.words("review", figures))
                .contains(
                        "To correct consensus labels: begin with these, lowest quality first. 255 of 2,621 labels have a"
                                + " strong reason: a tie, or nobody chose it.");
        assertThat(new RejectedSection(context).view().head().saying().plain())
                .isEqualTo("32 rows could not be used: 0.2\u202f% of the labels read.");
        assertThat(Rendered.words("next", figures))
                .contains("To plan new labels: begin where one more is worth most. 44 examples have no label yet.");
        assertThat(new OriginSection(context, false).view().head().saying().plain())
                .isEqualTo("1 setting differs from the default.");
    }

    @Test
    void nobodyFarFromTheMiddleIsSaidInWords() {
        assertThat(team(0, 0)).isEqualTo("Nobody is clearly below or above the middle of the team.");
        assertThat(team(0, 3)).isEqualTo("Nobody is clearly below the middle of the team, 3 clearly above.");
        assertThat(team(1, 0))
                .isEqualTo("1 of 40 annotators is clearly below the middle of the team, nobody clearly above.");
    }

    private String team(long below, long above) {
        AnnotatorFigures all = figures.annotators();
        Map<Group, Size> sizes = Map.of(Group.BELOW, new Size(below, 900), Group.ABOVE, new Size(above, 900));
        AnnotatorFigures annotators = new AnnotatorFigures(
                all.count(),
                all.middle(),
                Double.NaN,
                AnnotatorFigures.groups(sizes),
                all.rows(),
                all.dots(),
                all.runs());
        return new AnnotatorSection(context(FiguresFixture.with(figures, annotators)))
                .view()
                .head()
                .saying()
                .plain();
    }

    @Test
    void rejectedRowsAreToldWithTheMostFrequentReason() {
        String start = "32 rows were rejected (";
        RejectedFigures.Reason missing = new RejectedFigures.Reason("annotation", "MISSING_LABEL", 14);
        assertThat(rejected(List.of(missing, unknown(10)), 10))
                .startsWith(start)
                .endsWith("); the most frequent reason: missing label, 14 rows.");
        assertThat(rejected(List.of(unknown(18), missing), 1))
                .endsWith("); the most frequent reason: unknown label, 18 rows.");
        assertThat(rejected(List.of(unknown(18), missing), 14))
                .endsWith("), 14 of them because “Good” is not a class.");
        assertThat(rejected(List.of(unknown(32)), 32)).endsWith("), because “Good” is not a class.");
        assertThat(rejected(List.of(new RejectedFigures.Reason("prediction", "NO_PREDICTION", 32)), 0))
                .endsWith("); the reason: no prediction for the example.");
    }

    private static RejectedFigures.Reason unknown(long rows) {
        return new RejectedFigures.Reason("annotation", "UNKNOWN_LABEL", rows);
    }

    private String rejected(List<RejectedFigures.Reason> reasons, long good) {
        RejectedFigures.Group group = figures.rejected().groups().get(0);
        List<RejectedFigures.Group> groups = good == 0
                ? List.of()
                : List.of(new RejectedFigures.Group(
                        "annotation", "UNKNOWN_LABEL", good, "e-1", group.annotator(), null, "Good", "not a class"));
        List<String> sentences = sentences(FiguresFixture.with(figures, new RejectedFigures(reasons, groups)));
        return sentences.get(sentences.size() - 1);
    }

    private static List<String> sentences(ReportFigures of) {
        return new Highlights(context(of))
                .views().stream().map(finding -> finding.text().plain()).toList();
    }

    private static Context context(ReportFigures figures) {
        return Context.of(figures, false);
    }

    private ReportFigures with(RunStatus status, Finding... findings) {
        RunFigures run = FiguresFixture.run(
                status,
                List.of(findings),
                status == RunStatus.PUBLISHED
                        ? FiguresFixture.history()
                        : FiguresFixture.history().subList(0, 2));
        return FiguresFixture.with(figures, run);
    }

    @Test
    void methodsStandSideBySideAndTheExpertsBelow() {
        ConsensusView view = new ConsensusSection(context(figures)).view();
        assertThat(view.head().saying().plain())
                .isEqualTo(
                        "The labels are those of committee; best_quality would give different labels to 13\u202f% of the examples.");
        assertThat(view.methods().columns().stream().map(ConsensusView.Column::title))
                .containsExactly("Method", "Same labels", "Expected to be right", "Right on gold", "Rounds");
        assertThat(view.methods().rows().get(0).stream().map(Prose::plain))
                .containsExactly(
                        "committee, published",
                        "100\u202f%",
                        "77\u202f% (45\u202f% to 93\u202f%)",
                        "82\u202f% (78\u202f% to 86\u202f%)",
                        "27");
        assertThat(view.experts().rows()).hasSize(3);
        assertThat(view.experts().rows().get(1).get(0).plain()).isEqualTo("λ of <b>tuned</b>");
        assertThat(view.remarks()).hasSize(2);
    }

    @Test
    void theUsualMethodsAreAPlainTable() {
        Share unknown = new Share(Double.NaN, Double.NaN, Double.NaN);
        ConsensusView view = consensus(
                new Method("best_quality", true, unknown, unknown, 0, "", 1),
                new Method("majority_vote", false, unknown, unknown, 0, "", 1));
        assertThat(view.head().saying().plain())
                .isEqualTo("All methods give the labels of best_quality, which are published.");
        assertThat(view.methods().columns()).hasSize(2);
        assertThat(view.experts().rows()).isEmpty();
        assertThat(view.remarks()).isEmpty();
        assertThat(consensus(new Method("best_quality", true, unknown, unknown, 0, "", 1))
                        .head()
                        .saying()
                        .plain())
                .isEqualTo("The labels are those of best_quality; no other method was requested.");
        assertThat(consensus().head().isNone()).isTrue();
        assertThat(consensus().head().saying().plain()).startsWith("Consensus methods were not compared for this run");
    }

    @Test
    void goldHasAColumnWhereThereIsSome() {
        Share unknown = new Share(Double.NaN, Double.NaN, Double.NaN);
        ConsensusView view = consensus(new Method("best_quality", true, unknown, new Share(0.9, 0.8, 0.95), 40, "", 1));
        assertThat(view.methods().columns().get(2).title()).isEqualTo("Right on gold");
        assertThat(view.methods().rows().get(0).get(2).plain()).isEqualTo("90\u202f% (80\u202f% to 95\u202f%)");
    }

    @Test
    void scoresAreSetAgainstGold() {
        Share unknown = new Share(Double.NaN, Double.NaN, Double.NaN);
        Method method = new Method("committee", true, unknown, new Share(0.9, 0.8, 0.95), 100, "", 1);
        assertThat(consensus(method).calibration()).isNull();
        CalibrationView view = consensus(
                        List.of(
                                new Bin("committee", 0.6, 0.7, 25, 0.65, 0.8),
                                new Bin("committee", 0.8, 0.9, 75, 0.85, 0.8)),
                        method)
                .calibration();
        assertThat(view).isNotNull();
        assertThat(view.saying().plain())
                .isEqualTo(
                        "The mean score of committee is 0.80 on 100 examples with gold, and 80\u202f% of the labels are"
                                + " right: as many as the scores say, as far as so few can tell.");
        assertThat(view.pictures().get(0).text()).isEqualTo("n 100: score 0.80, right 80\u202f%");
        assertThat(view.pictures().get(0).marks().get(0))
                .isEqualTo(new CalibrationView.Mark("172", "56", "9", "69.7", "45.6"));
        assertThat(view.table().rows().get(0).stream().map(Prose::plain))
                .containsExactly("committee", "0.6 to 0.7", "25", "0.65", "80\u202f% (64\u202f% to 90\u202f%)");
    }

    @Test
    void scoresThatSayTooMuchOrTooLittleAreNamed() {
        Share unknown = new Share(Double.NaN, Double.NaN, Double.NaN);
        Method method = new Method("best_quality", true, unknown, new Share(0.9, 0.8, 0.95), 200, "", 1);
        assertThat(consensus(List.of(new Bin("best_quality", 0.4, 0.5, 200, 0.45, 0.9)), method)
                        .calibration()
                        .saying()
                        .plain())
                .endsWith("90\u202f% of the labels are right: more than the scores say.");
        assertThat(consensus(List.of(new Bin("best_quality", 0.9, 1, 200, 0.97, 0.9)), method)
                        .calibration()
                        .saying()
                        .plain())
                .endsWith("90\u202f% of the labels are right: fewer than the scores say.");
    }

    @Test
    void sharesAreToldByTheOneThatIsOffMost() {
        ShareView view = shares(new ShareFigures(
                List.of(
                        new ShareFigures.Row("a", 0.42, 0.6133, 0.5513, 0.6719),
                        new ShareFigures.Row("b", 0.58, 0.3867, 0.3281, 0.4487)),
                1_000,
                100,
                208,
                "",
                false,
                0));
        assertThat(view.head().saying().plain())
                .isEqualTo(
                        "By 100 gold labels, “a” is 61.3\u202f% of the examples, about 613 of 1,000 (90\u202f% interval 55.1 to 67.2\u202f%),"
                                + " not 42.0\u202f% as counted.");
        assertThat(view.rows().get(0).counted()).isEqualTo("counted 42.0\u202f%, outside the interval");
        assertThat(view.rows().get(0).interval()).isEqualTo("55.1 to 67.2\u202f%");
        assertThat(view.remarks().stream().map(Prose::plain))
                .containsExactly(
                        "Counted is the share of consensus labels. Corrected is an estimate of what an expert would say if asked"
                                + " about every one of these 1,000 examples; about other examples it says nothing, and one interval"
                                + " in ten misses.",
                        "The correction assumes that the examples with gold were drawn at random, as the command sample does."
                                + " Nobody has said so here: without sample-seed only their qualities are compared with those of"
                                + " all.",
                        "208 more gold labels, drawn in the same way, would halve the intervals.");
    }

    @Test
    void sharesWithinTheirIntervalsAreToldByTheGreatest() {
        ShareView view = shares(new ShareFigures(
                List.of(new ShareFigures.Row("a", 0.6, 0.6, 0.6, 0.6), new ShareFigures.Row("b", 0.4, 0.4, 0.4, 0.4)),
                100,
                100,
                0,
                "",
                true,
                1));
        assertThat(view.head().saying().plain())
                .isEqualTo(
                        "By 100 gold labels, “a” is 60.0\u202f% of the examples, about 60 of 100 (90\u202f% interval 60.0 to 60.0\u202f%);"
                                + " all counted shares are within their intervals.");
        assertThat(view.remarks().stream().map(Prose::plain).skip(1))
                .containsExactly(
                        "The correction assumes that the examples with gold were drawn at random, as the command sample does."
                                + " Only the first in its order count here: 100 examples.",
                        "All examples have gold, so that the corrected shares are exact.",
                        "1 period has enough gold for shares of its own: class_share.");
    }

    @Test
    void sharesThatAreNotCorrectedSayWhy() {
        ShareView view = shares(new ShareFigures(
                List.of(new ShareFigures.Row("a", 0.42, Double.NaN, Double.NaN, Double.NaN)),
                1_000,
                49,
                0,
                "There are 49 of at least 50 gold labels.",
                false,
                0));
        assertThat(view.head().isNone()).isFalse();
        assertThat(view.head().saying().plain())
                .isEqualTo(
                        "Shares of classes are only counted, and may be off. There are 49 of at least 50 gold labels.");
        assertThat(view.isCorrected()).isFalse();
        assertThat(view.rows().get(0).value()).isEqualTo("42.0\u202f%");
        assertThat(view.rows().get(0).interval()).isEqualTo("–");
        assertThat(view.rows().get(0).bar().corrected()).isNull();
        assertThat(view.remarks()).hasSize(2);
    }

    @Test
    void withoutGoldTheSectionOfSharesSaysHowToGetSome() {
        assertThat(shares(ShareFigures.NONE).head().saying().plain())
                .isEqualTo("Shares of classes were not stored for this run, which was written by an earlier version.");
        ReportFigures without =
                FiguresFixture.with(FiguresFixture.with(figures, ShareFigures.NONE), ConsensusFigures.NONE);
        ShareView view = new ShareSection(context(without)).view();
        assertThat(view.head().isNone()).isTrue();
        assertThat(view.head().saying().plain())
                .isEqualTo(
                        "Without gold nobody can say how far counted shares of classes are off; the command sample draws the"
                                + " examples to ask an expert about.");
    }

    @Test
    void ofAHundredClassesTheGreatestAreShownAndTheRestSummed() {
        ReportFigures many = FiguresFixture.figures(10, 100, i -> "c" + i);
        ShareView view = new ShareSection(context(many)).view();
        assertThat(view.rows()).hasSize(ShareSection.MAX_ROWS);
        assertThat(view.ticks())
                .extracting(Tick::text)
                .containsExactly("0\u202f%", "1\u202f%", "2\u202f%", "3\u202f%", "4\u202f%", "5\u202f%");
        assertThat(view.more().plain())
                .startsWith("70 more classes have smaller shares, together ")
                .endsWith(": class_share.");
    }

    private ShareView shares(ShareFigures shares) {
        return new ShareSection(context(FiguresFixture.with(figures, shares))).view();
    }

    private ConsensusView consensus(Method... methods) {
        return consensus(List.of(), methods);
    }

    private ConsensusView consensus(List<Bin> bins, Method... methods) {
        ConsensusFigures consensus = new ConsensusFigures(List.of(methods), List.of(), List.of(), bins);
        return new ConsensusSection(context(FiguresFixture.with(figures, consensus))).view();
    }

    private ReportFigures withStatistics(List<Statistic> statistics) {
        return FiguresFixture.with(figures, new AgreementFigures(statistics, 0.23, 0.27, true));
    }
}
