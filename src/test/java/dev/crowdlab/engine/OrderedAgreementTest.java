package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.agreement.AgreementEstimate;
import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.agreement.ClassScale;
import dev.crowdlab.engine.agreement.OrderedMeasure;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.vote.VotePass;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OrderedAgreementTest {

    /**
     * Krippendorff, Computing Krippendorff's alpha-reliability (2011), section C: a text for each unit; Gwet, Handbook of
     * Inter-Rater Reliability (4th ed.) has the same ratings.
     */
    private static final String[] UNITS = {
        "11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11", "..3."
    };

    /** Stata's manual, command kap: 85 xeromammograms by the grades of two radiologists. */
    private static final int[][] RADIOLOGISTS = {{21, 12, 0, 0}, {4, 17, 1, 0}, {3, 9, 15, 2}, {0, 0, 0, 1}};

    private static final ClassScale ONE_TO_FIVE = ClassScale.interval(
                    Stream.of("1", "2", "3", "4", "5").map(BigDecimal::new).toList())
            .orElseThrow();

    private static Agreement agreement(Annotations annotations, ClassScale scale, int blockSize) {
        Predictions none = Predictions.none(annotations.exampleCount(), annotations.classCount());
        try (LocalPassRunner passes = new LocalPassRunner(new Slice(annotations, none), 2, blockSize)) {
            return Agreement.of(passes, passes.run("votes", new VotePass()), Optional.of(scale));
        }
    }

    private static AgreementEstimate estimate(Annotations annotations, ClassScale scale, OrderedMeasure measure) {
        return agreement(annotations, scale, 4_096).ordered().orElseThrow().estimate(measure);
    }

    private static Annotations krippendorff() {
        List<int[]> rows = new ArrayList<>();
        for (int unit = 0; unit < UNITS.length; unit++) {
            for (int observer = 0; observer < 4; observer++) {
                char rating = UNITS[unit].charAt(observer);
                if (rating != '.') {
                    rows.add(new int[] {unit, observer, rating - '1'});
                }
            }
        }
        return Annotations.of(5, 4, rows.toArray(new int[0][]));
    }

    private static Annotations radiologists() {
        List<int[]> rows = new ArrayList<>();
        int film = 0;
        for (int first = 0; first < 4; first++) {
            for (int second = 0; second < 4; second++) {
                for (int count = RADIOLOGISTS[first][second]; count > 0; count--) {
                    rows.add(new int[] {film, 0, first});
                    rows.add(new int[] {film++, 1, second});
                }
            }
        }
        return Annotations.of(4, 2, rows.toArray(new int[0][]));
    }

    @Test
    void alphasAndAc2AreThoseOfTheTextbooks() {
        assertThat(estimate(krippendorff(), ONE_TO_FIVE, OrderedMeasure.KRIPPENDORFF_ALPHA_ORDINAL)
                        .value())
                .isCloseTo(0.815, within(5e-4));
        assertThat(estimate(krippendorff(), ONE_TO_FIVE, OrderedMeasure.KRIPPENDORFF_ALPHA_INTERVAL)
                        .value())
                .isCloseTo(0.849, within(5e-4));
        assertThat(estimate(krippendorff(), ONE_TO_FIVE, OrderedMeasure.GWET_AC2)
                        .value())
                .isCloseTo(0.91400, within(5e-6));
        assertThat(estimate(krippendorff(), ONE_TO_FIVE, OrderedMeasure.GWET_AC2)
                        .itemCount())
                .isEqualTo(11);
    }

    @Test
    void weightedKappasOfAPairAreThoseOfStata() {
        Agreement found = agreement(radiologists(), ClassScale.ordinal(4), 4_096);
        assertThat(found.pairs().size()).isEqualTo(1);
        assertThat(found.pairs().kappa(0)).isCloseTo(0.4728, within(5e-5));
        assertThat(found.pairs().linearKappa(0)).isCloseTo(0.5684, within(5e-5));
        assertThat(found.pairs().quadraticKappa(0)).isCloseTo(0.6714, within(5e-5));
    }

    @Test
    void withTwoClassesTheOrderChangesNothing() {
        Annotations annotations = random(2, 60, 5);
        Agreement found = agreement(annotations, ClassScale.ordinal(2), 7);
        AgreementEstimate nominal = found.estimate(AgreementMeasure.KRIPPENDORFF_ALPHA);
        AgreementEstimate ordinal = found.ordered().orElseThrow().estimate(OrderedMeasure.KRIPPENDORFF_ALPHA_ORDINAL);
        assertThat(ordinal.value()).isCloseTo(nominal.value(), within(1e-12));
        assertThat(ordinal.lower()).isCloseTo(nominal.lower(), within(1e-9));
        AgreementEstimate ac1 = found.estimate(AgreementMeasure.GWET_AC1);
        AgreementEstimate ac2 = found.ordered().orElseThrow().estimate(OrderedMeasure.GWET_AC2);
        assertThat(ac2.value()).isCloseTo(ac1.value(), within(1e-12));
        assertThat(ac2.upper()).isCloseTo(ac1.upper(), within(1e-9));
        AgreementEstimate kappa = found.estimate(AgreementMeasure.MEAN_COHEN_KAPPA);
        for (OrderedMeasure measure : List.of(OrderedMeasure.MEAN_LINEAR_KAPPA, OrderedMeasure.MEAN_QUADRATIC_KAPPA)) {
            AgreementEstimate weighted = found.ordered().orElseThrow().estimate(measure);
            assertThat(weighted.value()).isCloseTo(kappa.value(), within(1e-12));
            assertThat(weighted.lower()).isCloseTo(kappa.lower(), within(1e-9));
        }
    }

    @Test
    void intervalsComeFromLeavingOutEachExampleInTurn() {
        // of two sizes and more classes than a sequence of labels is remembered for
        for (Annotations annotations : List.of(krippendorff(), random(5, 40, 4), random(40, 300, 9))) {
            ClassScale scale = ClassScale.ordinal(annotations.classCount());
            Agreement found = agreement(annotations, scale, 11);
            for (OrderedMeasure measure : List.of(
                    OrderedMeasure.KRIPPENDORFF_ALPHA_ORDINAL,
                    OrderedMeasure.GWET_AC2,
                    OrderedMeasure.MEAN_LINEAR_KAPPA,
                    OrderedMeasure.MEAN_QUADRATIC_KAPPA)) {
                AgreementEstimate estimate = found.ordered().orElseThrow().estimate(measure);
                if (Double.isNaN(estimate.value())) {
                    assertThat(estimate.note()).as(measure.name()).isPresent();
                    continue;
                }
                double half = 1.6448536269514722 * standardError(annotations, scale, measure);
                assertThat(estimate.upper())
                        .as(measure.name())
                        .isCloseTo(Math.min(1, estimate.value() + half), within(1e-8));
            }
        }
    }

    private static double standardError(Annotations annotations, ClassScale scale, OrderedMeasure measure) {
        List<Double> values = new ArrayList<>();
        for (int left = 0; left < annotations.exampleCount(); left++) {
            if (annotations.size(left) > 1 || measure == OrderedMeasure.GWET_AC2) {
                values.add(estimate(without(annotations, left), scale, measure).value());
            }
        }
        double mean = mean(values, value -> value);
        double squares = mean(values, value -> (value - mean) * (value - mean));
        return Math.sqrt((values.size() - 1) * squares);
    }

    private static double mean(List<Double> values, ToDoubleFunction<Double> function) {
        return values.stream().mapToDouble(function).average().orElseThrow();
    }

    private static Annotations without(Annotations annotations, int left) {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < annotations.exampleCount(); example++) {
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                if (example != left) {
                    rows.add(new int[] {
                        example < left ? example : example - 1,
                        annotations.annotator(position),
                        annotations.label(position)
                    });
                }
            }
        }
        return Annotations.of(annotations.classCount(), annotations.annotatorCount(), rows.toArray(new int[0][]));
    }

    private static Annotations random(int classCount, int exampleCount, int annotatorCount) {
        Random random = new Random(20 + classCount);
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < exampleCount; example++) {
            int truth = random.nextInt(classCount);
            int first = random.nextInt(annotatorCount);
            for (int annotator = 0; annotator < annotatorCount; annotator++) {
                if (annotator == first || random.nextInt(3) > 0) {
                    int off = (int) Math.round(random.nextGaussian());
                    rows.add(new int[] {example, annotator, Math.max(0, Math.min(classCount - 1, truth + off))});
                }
            }
        }
        return Annotations.of(classCount, annotatorCount, rows.toArray(new int[0][]));
    }

    @Test
    void anOrdinalScaleHasNoDistances() {
        Agreement found = agreement(krippendorff(), ClassScale.ordinal(5), 4_096);
        assertThat(found.ordered().orElseThrow().measures()).doesNotContain(OrderedMeasure.KRIPPENDORFF_ALPHA_INTERVAL);
    }

    @Test
    void whatCannotBeComparedHasANote() {
        Annotations single = Annotations.of(3, 2, new int[][] {{0, 0, 1}, {1, 1, 2}});
        for (OrderedMeasure measure : OrderedMeasure.values()) {
            if (measure != OrderedMeasure.KRIPPENDORFF_ALPHA_INTERVAL) {
                AgreementEstimate estimate = estimate(single, ClassScale.ordinal(3), measure);
                assertThat(estimate.value()).as(measure.name()).isNaN();
                assertThat(estimate.note()).as(measure.name()).isPresent();
            }
        }
    }

    @Test
    void scaleTakesNumbersThatAscendInFewSteps() {
        assertThat(ClassScale.interval(List.of(new BigDecimal("0"), new BigDecimal("0.5"), new BigDecimal("2"))))
                .isPresent();
        assertThat(ClassScale.interval(List.of(new BigDecimal("2"), new BigDecimal("1"))))
                .isEmpty();
        assertThat(ClassScale.interval(List.of(new BigDecimal("0"), new BigDecimal("1000.5"))))
                .isEmpty();
    }

    @Test
    void signedDifferenceTellsWhoGradesTooHigh() {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < 50; example++) {
            int truth = example % 4;
            for (int annotator = 0; annotator < 4; annotator++) {
                rows.add(new int[] {example, annotator, annotator == 3 ? truth + 1 : truth});
            }
        }
        Annotations annotations = Annotations.of(5, 4, rows.toArray(new int[0][]));
        Slice slice = new Slice(annotations, Predictions.none(50, 5));
        Options options = Options.defaults()
                .withSupplements(Supplements.NONE.withScale(ClassScale.interval(Stream.of("1", "1.5", "2", "2.5", "3")
                                .map(BigDecimal::new)
                                .toList())
                        .orElseThrow()));
        var found =
                Crowdlab.analyze(slice, options).estimates().signedDifferences().orElseThrow();
        assertThat(found.mean(3)).isCloseTo(0.5, within(1e-12));
        assertThat(found.upper(3) - found.mean(3)).isBetween(0.01, 0.05);
        assertThat(found.mean(0)).isZero();
        assertThat(Crowdlab.analyze(slice, Options.defaults()).estimates().signedDifferences())
                .isEmpty();
    }
}
