package dev.crowdlab.report.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.report.FiguresFixture;
import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Size;
import dev.crowdlab.report.figures.ConsensusFigures;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.report.figures.ReportFigures;
import dev.crowdlab.report.page.AnnotatorView;
import dev.crowdlab.report.page.ClassSection;
import dev.crowdlab.report.page.ClassView;
import dev.crowdlab.report.page.FunnelPicture;
import dev.crowdlab.report.page.PairTable;
import dev.crowdlab.report.picture.LabelPlaces.Place;
import dev.crowdlab.report.words.Context;
import dev.crowdlab.report.words.Names;
import dev.crowdlab.report.words.NaturalOrder;
import dev.crowdlab.report.words.Shown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeometryTest {

    @Test
    void scalesLeadFromValuesToPlaces() {
        assertThat(Scale.linear(0, 1, 316, 28).at(0.25)).isEqualTo(244);
        assertThat(Scale.logarithmic(1, 1_000, 40, 340).at(10)).isCloseTo(140, within(1e-9));
        assertThat(Scale.logarithmic(1, 1_000, 40, 340).at(0)).isEqualTo(40);
        assertThat(Scale.logarithmic(10, 1_000, 40, 340).at(100)).isCloseTo(190, within(1e-9));
        assertThat(Scale.linear(3, 3, 0, 10).at(3)).isZero();
    }

    @Test
    void numbersHaveATenthAtMost() {
        assertThat(Svg.number(12.34)).isEqualTo("12.3");
        assertThat(Svg.number(300)).isEqualTo("300");
        assertThat(Svg.number(-0.01)).isEqualTo("0");
    }

    @Test
    void ticksOfCountsAreRoundAndFew() {
        assertThat(Svg.ticks(389)).containsExactly(0L, 100L, 200L, 300L);
        assertThat(Svg.ticks(1)).containsExactly(0L, 1L);
        for (long greatest = 1; greatest < 1_000_000; greatest = greatest * 3 + 1) {
            assertThat(Svg.ticks(greatest)).as("up to %d", greatest).hasSizeBetween(2, 6);
        }
    }

    @Test
    void linesAreInterruptedWhereNothingIsKnown() {
        assertThat(Svg.line(List.of(0.0, 1.0, Double.NaN, 0.5, 1.0), 0, 40, Scale.linear(0, 1, 10, 0)))
                .isEqualTo("M0,10L10,0M30,5L40,0");
        assertThat(Svg.line(List.of(0.5, Double.NaN), 0, 40, Scale.linear(0, 1, 10, 0)))
                .isEmpty();
        assertThat(Sparkline.own(List.of(0.5), 100, 24)).isEmpty();
        assertThat(Sparkline.own(List.of(0.5, 0.5), 100, 24))
                .hasValueSatisfying(spark -> assertThat(spark.path()).isEqualTo("M4,12L96,12"));
    }

    @Test
    void namesCoverNeitherEachOtherNorMarks() {
        LabelPlaces places = new LabelPlaces(40, 588, 28, 316);
        places.keepFree(300, 200);
        assertThat(places.place(300, 200, 5)).contains(new Place(308, 204, "start", ""));
        places.keepFree(285, 203);
        assertThat(places.place(300, 200, 5))
                .as("further away, since the other places are nearer to another mark")
                .hasValueSatisfying(
                        place -> assertThat(place.line()).startsWith("M").contains("L"));
        assertThat(places.place(580, 100, 5))
                .hasValueSatisfying(place -> assertThat(place.anchor()).isEqualTo("end"));
        for (int i = 0; i < 26; i++) {
            places.place(300, 200, 5);
        }
        assertThat(places.place(300, 200, 5)).as("dropped where it is crowded").isEmpty();
    }

    @Test
    void aPointIsOutsideTheFunnelExactlyWhereTheIntervalExcludesTheMiddle() {
        AnnotatorView.Funnel funnel =
                funnel(FiguresFixture.with(FiguresFixture.figures(40, 5, i -> "a-" + i), ConsensusFigures.NONE));
        assertThat(funnel.marks()).hasSize(40);
        assertThat(funnel.bands()).hasSize(2).allMatch(band -> band.matches("M.*Z"));
        assertThat(funnel.marks().stream()
                        .map(AnnotatorView.Mark::kind)
                        .toList()
                        .subList(35, 40))
                .as("those to talk to are drawn last")
                .containsOnly("below");
        assertThat(funnel.across().stream().map(Tick::text)).contains("1", "20", "500");
    }

    /** Its intervals are wider than chance alone makes them: marks outside a band of chance would be called in line. */
    @Test
    void theCommitteeHasNoFunnel() {
        AnnotatorView.Funnel funnel = funnel(FiguresFixture.figures(40, 5, i -> "a-" + i));
        assertThat(funnel.bands()).isEmpty();
        assertThat(funnel.description()).doesNotContain("funnel");
        assertThat(funnel.reading().get(0).plain()).contains("also count how far the committee’s estimates were off");
    }

    @Test
    void theFunnelBeginsWhereTheFirstMarksAre() {
        ReportFigures figures = FiguresFixture.figures(40, 5, i -> "a-" + i);
        AnnotatorFigures all = figures.annotators();
        AnnotatorFigures diligent = new AnnotatorFigures(
                all.count(),
                all.middle(),
                all.goldMiddle(),
                all.groups(),
                all.rows(),
                all.dots().stream().filter(dot -> dot.labels() > 100).toList(),
                all.runs());
        assertThat(funnel(FiguresFixture.with(figures, diligent)).across().stream()
                        .map(Tick::text))
                .containsExactly("100", "200", "500");
    }

    private static AnnotatorView.Funnel funnel(ReportFigures figures) {
        return new FunnelPicture(Context.of(figures, false)).funnel("finding");
    }

    @Test
    void namesOfOneHouseAreToldApartByWhatIsBeforeIt() {
        Names names = Names.of(List.of("annotator01@example.com", "annotator02@example.com", "short"));
        assertThat(names.inHeading("annotator01@example.com").plain()).isEqualTo("annotator01@…");
        assertThat(names.inTable("annotator01@example.com").plain()).isEqualTo("annotator01@example.com");
        assertThat(names.inHeading("short").plain()).isEqualTo("short");
        Names twoHouses = Names.of(List.of("annotator01@example.com", "annotator02@example.org"));
        assertThat(twoHouses.inHeading("annotator01@example.com").plain()).isEqualTo("annotator01@…");
    }

    @Test
    void aCellHasAWholeNameOrAShortOne() {
        String whole = "Electronics / replacement parts";
        String endless = "label " + "x".repeat(200);
        Names names = Names.of(List.of(whole, endless));
        assertThat(names.inCell(whole).plain()).isEqualTo(whole);
        assertThat(names.inCell(endless)).isEqualTo(names.inHeading(endless));
    }

    @Test
    void namesThatLookTheSameInAHeadingHaveNumbers() {
        String first = "a-very-long-name-of-somebody-1-with-a-tail@example.com";
        Names names = Names.of(List.of(first, first.replace('1', '2'), "another"));
        assertThat(names.inHeading(first).plain()).isEqualTo("a-very-lon…le.com (1)");
    }

    @Test
    void whatAllHaveInCommonIsLeftOutWhereIdsAreLong() {
        Names classes = Names.of(List.of("status: very good", "status: good", "status: bad"), 12);
        assertThat(classes.inTable("status: very good").plain()).isEqualTo("…very good");
        assertThat(classes.inHeading("status: bad").plain()).isEqualTo("…bad");
        assertThat(classes.inSentence("status: bad").plain()).isEqualTo("status: bad");
        assertThat(classes.leftOut()).isEqualTo(" All begin with “status:”, which is left out here.");
        Names people = Names.of(List.of("w5011@vendor.example", "w5012@vendor.example"), 12);
        assertThat(people.inTable("w5011@vendor.example").plain()).isEqualTo("w5011…");
        assertThat(people.leftOut()).isEqualTo(" All end with “@vendor.example”, which is left out here.");
        assertThat(Names.of(List.of("a-1", "a-2"), 12).leftOut()).isEmpty();
    }

    @Test
    void numbersWithinNamesCountAsNumbers() {
        assertThat(Stream.of("a-10", "10", "9", "a-9", "007", "7").sorted(NaturalOrder.comparator()))
                .containsExactly("007", "7", "9", "10", "a-9", "a-10");
    }

    @Test
    void aWideMatrixTakesTheWidthAndAWiderOneSetsItsHeadingsUpright() {
        assertThat(classes(5, "a-").isWide()).isFalse();
        assertThat(classes(5, "a-").matrix().areHeadsUpright()).isFalse();
        assertThat(classes(6, "cancellation").isWide()).isTrue();
        assertThat(classes(6, "cancellation").matrix().areHeadsUpright()).isFalse();
        assertThat(classes(12, "a-").matrix().areHeadsUpright()).isTrue();
        assertThat(classes(100, "a-").isWide()).isTrue();
        assertThat(classes(100, "a-").matrix()).isNull();
    }

    private static ClassView classes(int count, String name) {
        return new ClassSection(Context.of(FiguresFixture.figures(40, count, i -> name + i % 1_000_000), false)).view();
    }

    @Test
    void whoHasTooLittleInCommonWithEverybodyIsLeftOutOfThePairs() {
        PairFigures pairs = new PairFigures(
                List.of("new", "a", "b", "c"),
                List.of(new Pair("a", "b", 40, 30), new Pair("b", "c", 10, 5), new Pair("new", "a", 9, 9)),
                Optional.empty(),
                List.of(),
                new Size(0, 0));
        AnnotatorView.Pairs view = new PairTable(
                        Context.of(FiguresFixture.with(FiguresFixture.figures(4, 5, i -> "a-" + i), pairs), false))
                .pairs();
        assertThat(view.heads().stream().map(Shown::plain)).containsExactly("a", "b", "c");
        assertThat(view.rows()).hasSize(3).allMatch(row -> row.cells().size() == 3);
        assertThat(view.reading().get(0).plain())
                .startsWith(
                        "All annotators, if they have 10 or more examples in common with another, best quality first.");
    }

    @Test
    void colorsHaveSixSteps() {
        assertThat(PairTable.step(24, 100)).isEqualTo(1);
        assertThat(PairTable.step(25, 100)).isEqualTo(2);
        assertThat(PairTable.step(84, 100)).isEqualTo(5);
        assertThat(PairTable.step(85, 100)).isEqualTo(6);
        assertThat(PairTable.step(100, 100)).isEqualTo(6);
        assertThat(ClassSection.step(0, 0.3)).isZero();
        assertThat(ClassSection.step(0.01, 0.3)).isEqualTo(1);
        assertThat(ClassSection.step(0.3, 0.3)).isEqualTo(6);
    }
}
