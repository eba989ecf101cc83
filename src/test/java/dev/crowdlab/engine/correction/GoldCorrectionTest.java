package dev.crowdlab.engine.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When gold changes labels, and when it only measures them. */
class GoldCorrectionTest {

    private static final int CLASSES = 3;
    private static final int ANNOTATORS = 4;
    private static final GoldCorrection.Size SIZE = new GoldCorrection.Size(1000, CLASSES, ANNOTATORS);

    /** Three annotators who take class 2 for class 1 together, and one who does not. */
    private static List<GoldExample> misled(int count) {
        SplittableRandom random = new SplittableRandom(1);
        List<GoldExample> gold = new ArrayList<>();
        for (int example = 0; example < count; example++) {
            int truth = random.nextInt(CLASSES);
            int said = truth == 2 ? 1 : truth;
            int other = random.nextInt(10) == 0 ? random.nextInt(CLASSES) : truth;
            double[] posterior = {0.05, 0.05, 0.05};
            posterior[said] = 0.9;
            gold.add(new GoldExample(random.nextLong(), truth, said, posterior, new int[] {0, 1, 2, 3}, new int[] {
                said, said, said, other
            }));
        }
        return gold;
    }

    private static int correct(GoldCorrection correction, GoldExample example) {
        return correction.correct(
                example.label(), example.posterior().clone(), example.annotators(), example.labels(), 4);
    }

    @Test
    void sharedErrorsAreCorrected() {
        List<GoldExample> gold = misled(200);
        GoldCorrection correction = GoldCorrection.of(gold, SIZE, GoldCorrection.DEFAULT_MINIMUM);
        assertThat(correction.status()).isEqualTo(CorrectionStatus.CHANGED);
        CorrectionEstimates estimates = correction.estimates();
        assertThat(estimates.wins()).isGreaterThan(estimates.losses() + 20);
        assertThat(estimates.strength()).isIn(1.0, 4.0, 16.0, 64.0);
        long right = gold.stream()
                .filter(example -> correct(correction, example) == example.truth())
                .count();
        assertThat(right).isGreaterThan(180);
        assertThat(correction.weights()).hasSize(2 + CLASSES + ANNOTATORS);
        assertThat(correction.weights().get(5).feature()).isEqualTo(CorrectionWeight.Feature.ANNOTATOR);
    }

    @Test
    void belowTheMinimumLabelsStay() {
        GoldCorrection correction = GoldCorrection.of(misled(99), SIZE, GoldCorrection.DEFAULT_MINIMUM);
        assertThat(correction.status()).isEqualTo(CorrectionStatus.KEPT);
        assertThat(correction.weights()).isEmpty();
        assertThat(correction.estimates().strength()).isInfinite();
        assertThat(GoldCorrection.of(misled(99), SIZE, 50).status()).isEqualTo(CorrectionStatus.CHANGED);
    }

    @Test
    void withTooLittleGoldNothingIsEstimated() {
        GoldCorrection correction = GoldCorrection.of(misled(19), SIZE, 10);
        assertThat(correction.status()).isEqualTo(CorrectionStatus.TOO_LITTLE_GOLD);
        assertThat(correction.estimates().accuracy()).isNaN();
        assertThat(correction.estimates().goldCount()).isEqualTo(19);
        assertThat(correction.probability(0, new double[] {1, 0, 0})).isNaN();
        assertThat(GoldCorrection.of(misled(20), SIZE, 100).status()).isEqualTo(CorrectionStatus.KEPT);
    }

    @Test
    void goldOfOneClassMeasuresAndChangesNothing() {
        List<GoldExample> gold =
                misled(600).stream().filter(example -> example.truth() == 2).toList();
        GoldCorrection correction = GoldCorrection.of(gold, SIZE, 100);
        assertThat(correction.status()).isEqualTo(CorrectionStatus.KEPT);
        assertThat(correction.estimates().accuracy()).isZero();
    }

    @Test
    void aConsensusThatIsRightIsKept() {
        List<GoldExample> gold =
                misled(300).stream().filter(example -> example.truth() < 2).toList();
        GoldCorrection correction = GoldCorrection.of(gold, SIZE, 100);
        assertThat(correction.status()).isEqualTo(CorrectionStatus.KEPT);
        assertThat(correction.estimates().accuracy()).isEqualTo(1);
        assertThat(correction.probability(0, new double[] {0.9, 0.05, 0.05})).isGreaterThan(0.9);
    }

    @Test
    void whereAllExamplesHaveGoldTheIntervalIsThatOfAllOfThem() {
        List<GoldExample> gold = misled(200);
        GoldCorrection some = GoldCorrection.of(gold, SIZE, 300);
        GoldCorrection all = GoldCorrection.of(gold, new GoldCorrection.Size(200, CLASSES, ANNOTATORS), 300);
        assertThat(all.estimates().accuracy()).isEqualTo(some.estimates().accuracy());
        double width = some.estimates().interval().upper()
                - some.estimates().interval().lower();
        double less =
                all.estimates().interval().upper() - all.estimates().interval().lower();
        assertThat(less / width).isCloseTo(Math.sqrt(0.8), within(0.01));
    }

    @Test
    void theOrderOfGoldDoesNotMatter() {
        List<GoldExample> gold = misled(150);
        List<GoldExample> shuffled = new ArrayList<>(gold);
        Collections.shuffle(shuffled, new Random(3));
        GoldCorrection correction = GoldCorrection.of(gold, SIZE, 100);
        GoldCorrection other = GoldCorrection.of(shuffled, SIZE, 100);
        assertThat(other.estimates()).isEqualTo(correction.estimates());
        assertThat(other.weights()).isEqualTo(correction.weights());
    }

    @Test
    void beyondFiveThousandTheFirstByOrderAreTaken() {
        List<GoldExample> gold = misled(5100);
        GoldCorrection correction = GoldCorrection.of(gold, SIZE, 100);
        assertThat(correction.estimates().goldCount()).isEqualTo(GoldCorrection.MAX_GOLD);
        List<GoldExample> first = gold.stream()
                .sorted((one, other) -> Long.compareUnsigned(one.order(), other.order()))
                .limit(GoldCorrection.MAX_GOLD)
                .toList();
        assertThat(correction.weights())
                .isEqualTo(GoldCorrection.of(first, SIZE, 100).weights());
    }

    @Test
    void aMissingVoteSaysNothing() {
        GoldCorrection correction = GoldCorrection.of(misled(200), SIZE, 100);
        double[] posterior = {0.9, 0.05, 0.05};
        int label = correction.correct(0, posterior, new int[0], new int[0], 0);
        assertThat(label).isZero();
        assertThat(posterior[0] + posterior[1] + posterior[2]).isCloseTo(1, within(1e-12));
        assertThat(correction.probability(label, posterior)).isEqualTo(posterior[0]);
    }

    @Test
    void atMostThirtyTwoAnnotatorsWithThirtyGoldLabelsHaveWeights() {
        List<GoldExample> gold = new ArrayList<>();
        for (int example = 0; example < 60; example++) {
            int number = example;
            int[] annotators = IntStream.range(0, 41)
                    .filter(annotator -> annotator < 40 ? number < 30 + (annotator == 39 ? 1 : 0) : number < 29)
                    .toArray();
            gold.add(new GoldExample(
                    example, example % 2, 0, new double[] {0.5, 0.5}, annotators, new int[annotators.length]));
        }
        Features features = new Features(gold, 2, 41);
        assertThat(features.annotators)
                .containsExactly(IntStream.concat(IntStream.of(39), IntStream.range(0, 31))
                        .toArray());
    }
}
