package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.agreement.AgreementEstimate;
import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.agreement.AnnotatorPairs;
import dev.crowdlab.engine.agreement.PairLayout;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.WilsonInterval;
import dev.crowdlab.engine.vote.VotePass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgreementTest {

    /** Fleiss, Measuring nominal scale agreement among many raters, Psychological Bulletin 76 (1971), table 1. */
    private static final String[] FLEISS_1971 = {
        "06000", "00330", "00114", "00600", "03030", "20004", "00204", "21003", "24000", "00600", "15000", "14010",
        "00033", "15000", "03120", "00105", "31200", "50010", "04020", "10302", "00600", "05010", "01320", "24000",
        "14100", "01050", "40200", "04020", "10005", "00600"
    };

    /**
     * Krippendorff, Computing Krippendorff's alpha-reliability (2011), example C: four observers, twelve units, nominal alpha
     * 0.743; Gwet, Handbook of Inter-Rater Reliability (4th ed.), table 4.5 has the same ratings: AC1 0.775.
     */
    private static final String[] OBSERVERS = {"123321412...", "1233224125.3", ".3332342251.", "12332441251."};

    private static Agreement agreement(Annotations annotations) {
        return agreement(annotations, 1, 4_096);
    }

    private static Agreement agreement(Annotations annotations, int threads, int blockSize) {
        Predictions none = Predictions.none(annotations.exampleCount(), annotations.classCount());
        try (LocalPassRunner passes = new LocalPassRunner(new Slice(annotations, none), threads, blockSize)) {
            return Agreement.of(passes, passes.run("votes", new VotePass()));
        }
    }

    private static Annotations fleiss() {
        List<int[]> rows = new ArrayList<>();
        for (int subject = 0; subject < FLEISS_1971.length; subject++) {
            int rater = 0;
            for (int label = 0; label < 5; label++) {
                for (int given = FLEISS_1971[subject].charAt(label) - '0'; given > 0; given--) {
                    rows.add(new int[] {subject, rater++, label});
                }
            }
        }
        return Annotations.of(5, 6, rows.toArray(new int[0][]));
    }

    private static Annotations krippendorff() {
        List<int[]> rows = new ArrayList<>();
        for (int observer = 0; observer < OBSERVERS.length; observer++) {
            for (int unit = 0; unit < 12; unit++) {
                char rating = OBSERVERS[observer].charAt(unit);
                if (rating != '.') {
                    rows.add(new int[] {unit, observer, rating - '1'});
                }
            }
        }
        return Annotations.of(5, 4, rows.toArray(new int[0][]));
    }

    private static double value(Annotations annotations, AgreementMeasure measure) {
        return agreement(annotations).estimate(measure).value();
    }

    @Test
    void fleissKappaIsThatOfFleiss() {
        AgreementEstimate kappa = agreement(fleiss()).estimate(AgreementMeasure.FLEISS_KAPPA);
        assertThat(kappa.value()).isCloseTo(0.430, within(5e-4));
        assertThat(kappa.itemCount()).isEqualTo(30);
    }

    @Test
    void alphaAndAc1AreThoseOfTheTextbooks() {
        assertThat(value(krippendorff(), AgreementMeasure.KRIPPENDORFF_ALPHA)).isCloseTo(0.743, within(5e-4));
        assertThat(value(krippendorff(), AgreementMeasure.GWET_AC1)).isCloseTo(0.775, within(5e-4));
        assertThat(value(krippendorff(), AgreementMeasure.PERCENT_AGREEMENT)).isCloseTo(0.818, within(5e-4));
    }

    @Test
    void fleissKappaTakesExamplesOfOneSize() {
        AgreementEstimate kappa = agreement(krippendorff()).estimate(AgreementMeasure.FLEISS_KAPPA);
        assertThat(kappa.value()).isNaN();
        assertThat(kappa.lower()).isNaN();
        assertThat(kappa.note().orElseThrow()).contains("the same number of annotations");
    }

    @Test
    void valuesAndIntervalsAreThoseOfTheDefinitions() {
        dataSets().forEach(annotations -> {
            NaiveAgreement naive = NaiveAgreement.of(annotations);
            Agreement found = agreement(annotations, 2, 7);
            for (AgreementMeasure measure : AgreementMeasure.values()) {
                compare(found.estimate(measure), naive, measure);
            }
        });
    }

    private static void compare(AgreementEstimate estimate, NaiveAgreement naive, AgreementMeasure measure) {
        boolean isTooLittle = measure == AgreementMeasure.MEAN_COHEN_KAPPA && naive.commonCount() < 30;
        double expected = isTooLittle || naive.compared().isEmpty() ? Double.NaN : naive.value(measure);
        if (Double.isNaN(expected)) {
            assertThat(estimate.value()).as(measure.name()).isNaN();
            assertThat(estimate.note()).isPresent();
            return;
        }
        assertThat(estimate.value()).as(measure.name()).isCloseTo(expected, within(1e-12));
        double error = naive.standardError(measure);
        if (Double.isNaN(error)) {
            assertThat(estimate.lower()).as(measure.name()).isNaN();
            assertThat(estimate.note()).isPresent();
            return;
        }
        double least = measure == AgreementMeasure.PERCENT_AGREEMENT ? 0 : -1;
        assertThat(estimate.lower())
                .as(measure.name())
                .isCloseTo(Math.max(least, expected - WilsonInterval.QUANTILE * error), within(1e-9))
                .isLessThanOrEqualTo(estimate.value());
        assertThat(estimate.upper())
                .as(measure.name())
                .isCloseTo(Math.min(1, expected + WilsonInterval.QUANTILE * error), within(1e-9))
                .isGreaterThanOrEqualTo(estimate.value());
    }

    private static Stream<Annotations> dataSets() {
        return Stream.concat(
                Stream.of(fleiss(), krippendorff()),
                LongStream.range(0, 120)
                        .mapToObj(seed -> RandomDataSets.of(seed, 40, 9).annotations()));
    }

    @Test
    void pairsAreThoseOfTheDefinitions() {
        dataSets().forEach(annotations -> {
            NaiveAgreement naive = NaiveAgreement.of(annotations);
            AnnotatorPairs pairs = agreement(annotations).pairs();
            for (int pair = 0; pair < pairs.size(); pair++) {
                int one = pairs.first(pair);
                int other = pairs.second(pair);
                var common = naive.common(one, other);
                assertThat(pairs.commonCount(pair)).isEqualTo(common.size());
                assertThat(pairs.agreedCount(pair))
                        .isEqualTo(common.stream()
                                .filter(example -> example.get(one).equals(example.get(other)))
                                .count());
                double expected = naive.cohen(one, other);
                if (Double.isNaN(expected)) {
                    assertThat(pairs.kappa(pair)).isNaN();
                } else {
                    assertThat(pairs.kappa(pair)).isCloseTo(expected, within(1e-12));
                }
            }
        });
    }

    @Test
    void meanKappaNeedsThirtyCommonExamples() {
        Stream.of(29, 30).forEach(count -> {
            List<int[]> rows = new ArrayList<>();
            for (int example = 0; example < count; example++) {
                rows.add(new int[] {example, 0, example % 2});
                rows.add(new int[] {example, 1, example % 3 % 2});
            }
            AgreementEstimate kappa = agreement(Annotations.of(2, 2, rows.toArray(new int[0][])))
                    .estimate(AgreementMeasure.MEAN_COHEN_KAPPA);
            assertThat(kappa.itemCount()).isEqualTo(1);
            assertThat(Double.isNaN(kappa.value())).isEqualTo(count < 30);
            assertThat(kappa.note())
                    .isEqualTo(
                            count < 30
                                    ? Optional.of(
                                            "It takes 30 common examples in all pairs of annotators with two or more,"
                                                    + " added up, and there are 29.")
                                    : Optional.empty());
        });
    }

    @Test
    void theSameBitsWhateverTheOrderOfExamplesBlocksAndThreads() {
        Random random = new Random(7);
        for (long seed = 0; seed < 30; seed++) {
            DataSet data = RandomDataSets.of(seed, 200, 9);
            Agreement expected = agreement(data.annotations());
            List<Integer> order = new ArrayList<>();
            for (int example = 0; example < data.annotations().exampleCount(); example++) {
                order.add(example);
            }
            Collections.shuffle(order, random);
            Annotations shuffled = data.withExamples(
                            order.stream().mapToInt(Integer::intValue).toArray())
                    .annotations();
            Agreement found = agreement(shuffled, 3, 5);
            for (AgreementMeasure measure : AgreementMeasure.values()) {
                assertThat(found.estimate(measure)).isEqualTo(expected.estimate(measure));
            }
        }
    }

    @Test
    void onlyThoseWithMostLabelsAreComparedWhereAnnotatorsAreMany() {
        List<int[]> rows = new ArrayList<>();
        for (int annotator = 0; annotator < 250; annotator++) {
            for (int example = 0; example < 5 + annotator % 50; example++) {
                rows.add(new int[] {example, annotator, (example + annotator) % 2});
            }
        }
        AnnotatorPairs pairs =
                agreement(Annotations.of(2, 250, rows.toArray(new int[0][]))).pairs();
        assertThat(pairs.comparedCount()).isEqualTo(200);
        assertThat(pairs.isLimited()).isTrue();
        for (int pair = 0; pair < pairs.size(); pair++) {
            assertThat(pairs.first(pair) % 50).isGreaterThanOrEqualTo(10);
            assertThat(pairs.second(pair) % 50).isGreaterThanOrEqualTo(10);
        }
        assertThat(pairs.size()).isEqualTo(200 * 199 / 2);
    }

    @Test
    void fewerAnnotatorsAreComparedWhereClassesAreMany() {
        assertThat(PairLayout.mostAnnotators(2)).isEqualTo(200);
        assertThat(PairLayout.mostAnnotators(100)).isEqualTo(200);
        assertThat(PairLayout.mostAnnotators(1_000)).isBetween(60, 70);
        assertThat(PairLayout.mostAnnotators(Crowdlab.MAX_CLASSES)).isBetween(10, 13);
    }

    @Test
    void unanimityInOneClassIsNoEvidenceOfAgreementBeyondChance() {
        Annotations annotations = Annotations.of(3, 2, new int[][] {{0, 0, 1}, {0, 1, 1}, {1, 0, 1}, {1, 1, 1}});
        Agreement agreement = agreement(annotations);
        assertThat(agreement.estimate(AgreementMeasure.PERCENT_AGREEMENT))
                .isEqualTo(new AgreementEstimate(1, 1, 1, 2, Optional.empty()));
        assertThat(agreement
                        .estimate(AgreementMeasure.KRIPPENDORFF_ALPHA)
                        .note()
                        .orElseThrow())
                .contains("the same class");
        assertThat(agreement.estimate(AgreementMeasure.GWET_AC1).value()).isEqualTo(1);
        assertThat(agreement.estimate(AgreementMeasure.MEAN_COHEN_KAPPA).value())
                .isNaN();
    }
}
