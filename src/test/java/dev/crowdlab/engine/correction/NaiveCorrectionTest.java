package dev.crowdlab.engine.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The correction by gold against the plain calculation, on small random data sets. */
class NaiveCorrectionTest {

    private static final double CLOSE = 1e-9;
    /** How far a last step goes that rounding alone decides on, when the loss falls no more: seen is 1e-9. */
    private static final double FITTED = 1e-8;

    private static final int DATA_SETS = Slow.cases(60, 200);
    private static final int MINIMUM = 50;

    private static List<GoldExample> random(SplittableRandom random, int classCount, int annotatorCount) {
        int size = 20 + random.nextInt(120);
        int shared = random.nextInt(4) == 0 ? 0 : annotatorCount - 1;
        List<GoldExample> gold = new ArrayList<>();
        for (int example = 0; example < size; example++) {
            int truth = random.nextInt(classCount);
            int[] annotators = IntStream.range(0, annotatorCount)
                    .filter(annotator -> random.nextInt(5) > 0)
                    .toArray();
            int[] labels = new int[annotators.length];
            double[] posterior = new double[classCount];
            double sum = 0;
            for (int position = 0; position < labels.length; position++) {
                boolean isMisled = annotators[position] < shared && truth == classCount - 1;
                labels[position] = random.nextInt(4) == 0 ? random.nextInt(classCount) : isMisled ? 0 : truth;
                posterior[labels[position]] += random.nextDouble();
            }
            for (int label = 0; label < classCount; label++) {
                posterior[label] += 0.1 * random.nextDouble();
                sum += posterior[label];
            }
            for (int label = 0; label < classCount; label++) {
                posterior[label] /= sum;
            }
            gold.add(new GoldExample(
                    random.nextLong(), truth, NaiveCorrection.highest(posterior), posterior, annotators, labels));
        }
        return gold;
    }

    @Test
    void bothGiveTheSame() {
        int changed = 0;
        int losing = 0;
        for (int seed = 0; seed < DATA_SETS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int classCount = 2 + random.nextInt(4);
            int annotatorCount = 2 + random.nextInt(5);
            List<GoldExample> gold = random(random, classCount, annotatorCount);
            GoldCorrection correction =
                    GoldCorrection.of(gold, new GoldCorrection.Size(500, classCount, annotatorCount), MINIMUM);
            NaiveCorrection naive = new NaiveCorrection(gold, classCount, annotatorCount, MINIMUM);
            compare(correction, naive, gold);
            changed += naive.isChanged ? 1 : 0;
            losing += naive.losses > 0 ? 1 : 0;
        }
        assertThat(changed).isBetween(DATA_SETS / 10, DATA_SETS * 9 / 10);
        assertThat(losing).isGreaterThan(DATA_SETS / 10);
    }

    private static void compare(GoldCorrection correction, NaiveCorrection naive, List<GoldExample> gold) {
        CorrectionEstimates estimates = correction.estimates();
        assertThat(correction.status() == CorrectionStatus.CHANGED).isEqualTo(naive.isChanged);
        assertThat(estimates.wins()).isEqualTo(naive.wins);
        assertThat(estimates.losses()).isEqualTo(naive.losses);
        assertThat(estimates.accuracy()).isCloseTo(naive.accuracy, within(CLOSE));
        assertThat(estimates.strength())
                .isEqualTo(naive.isChanged ? Math.pow(4, naive.chosen) : Double.POSITIVE_INFINITY);
        assertThat(correction.weights()).hasSize(naive.weights.length);
        for (int weight = 0; weight < naive.weights.length; weight++) {
            assertThat(correction.weights().get(weight).weight()).isCloseTo(naive.weights[weight], within(FITTED));
        }
        for (GoldExample example : gold) {
            double[] posterior = example.posterior().clone();
            int label = correction.correct(
                    example.label(), posterior, example.annotators(), example.labels(), example.labels().length);
            double probability = correction.probability(label, posterior);
            if (naive.isChanged) {
                double[] expected = naive.probabilities(example, naive.weights);
                assertThat(label).isEqualTo(NaiveCorrection.highest(expected));
                assertThat(posterior).containsExactly(expected, within(FITTED));
                assertThat(probability).isCloseTo(expected[label], within(FITTED));
            } else {
                double top = example.posterior()[example.label()];
                double clipped = Math.max(1e-6, Math.min(1 - 1e-6, top));
                double sum = naive.rescaling[0] + naive.rescaling[1] * Math.log(clipped / (1 - clipped));
                assertThat(label).isEqualTo(example.label());
                assertThat(probability).isCloseTo(1 / (1 + Math.exp(-sum)), within(CLOSE));
            }
        }
    }
}
