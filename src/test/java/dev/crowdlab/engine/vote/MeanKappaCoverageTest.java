package dev.crowdlab.engine.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.Agreement;
import dev.crowdlab.engine.LocalPassRunner;
import dev.crowdlab.engine.agreement.AgreementEstimate;
import dev.crowdlab.engine.agreement.AgreementMeasure;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where annotators are alike and their kappa is known, the mean kappa is that, however few examples pairs share. */
class MeanKappaCoverageTest {

    private static final int DATA_SETS = 100;
    private static final double[] CLASS_SHARES = {0.5, 0.3, 0.2};
    private static final double ACCURACY = 0.9;

    /** Of two annotators who are right in 9 of 10 cases and otherwise give one of the two other classes. */
    private static double trueKappa() {
        double equal = ACCURACY * ACCURACY + (1 - ACCURACY) * (1 - ACCURACY) / 2;
        double chance = 0;
        for (double share : CLASS_SHARES) {
            chance += Math.pow(share * ACCURACY + (1 - share) * (1 - ACCURACY) / 2, 2);
        }
        return (equal - chance) / (1 - chance);
    }

    private static AgreementEstimate estimate(long seed, int examples, int annotators, int labels) {
        Random random = new Random(seed);
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < examples; example++) {
            double place = random.nextDouble();
            int truth = place < CLASS_SHARES[0] ? 0 : place < CLASS_SHARES[0] + CLASS_SHARES[1] ? 1 : 2;
            List<Integer> chosen = new ArrayList<>();
            while (chosen.size() < labels) {
                int annotator = random.nextInt(annotators);
                if (!chosen.contains(annotator)) {
                    chosen.add(annotator);
                    int wrong = (truth + 1 + random.nextInt(2)) % 3;
                    rows.add(new int[] {example, annotator, random.nextDouble() < ACCURACY ? truth : wrong});
                }
            }
        }
        Annotations annotations = Annotations.of(3, annotators, rows.toArray(new int[0][]));
        Predictions none = Predictions.none(examples, 3);
        try (LocalPassRunner passes = new LocalPassRunner(new Slice(annotations, none), 1, 4_096)) {
            return Agreement.of(passes, passes.run("votes", new VotePass()))
                    .estimate(AgreementMeasure.MEAN_COHEN_KAPPA);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 300, 3",
        "1000, 100, 3",
        "1000, 40, 3",
        "500, 20, 2",
        "200, 8, 4",
        "200, 12, 5",
        "200, 19, 5",
        "100, 3, 3"
    })
    void theIntervalHoldsTheTrueKappa(int examples, int annotators, int labels) {
        int within = 0;
        double sum = 0;
        for (long seed = 0; seed < DATA_SETS; seed++) {
            AgreementEstimate estimate = estimate(seed, examples, annotators, labels);
            sum += estimate.value();
            within += estimate.lower() <= trueKappa() && trueKappa() <= estimate.upper() ? 1 : 0;
        }
        assertThat(sum / DATA_SETS).isCloseTo(trueKappa(), within(0.015));
        assertThat(within).isGreaterThanOrEqualTo(85);
    }

    @Test
    void whereHardlyAnyPairSharesTwoExamplesThereIsNoMean() {
        AgreementEstimate estimate = estimate(1, 1_000, 2_000, 2);
        assertThat(estimate.value()).isNaN();
        assertThat(estimate.lower()).isNaN();
        assertThat(estimate.note().orElseThrow()).isNotEmpty();
    }
}
