package dev.crowdlab.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.DataSet;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.gold.GoldUse;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Models that repeat the majority. */
class EchoTest {

    private static final int EXAMPLES = 2_000;
    private static final int ANNOTATORS = 12;

    private final Random random = new Random(5);
    private final int[] truth = random.ints(EXAMPLES, 0, 2).toArray();
    private final int[] majority = new int[EXAMPLES];
    private final Annotations annotations = annotations(ANNOTATORS);

    /** Three annotators per example, each right in 70 % of cases. */
    private Annotations annotations(int annotatorCount) {
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < EXAMPLES; example++) {
            int sum = 0;
            for (int place = 0; place < 3; place++) {
                int label = random.nextDouble() < 0.7 ? truth[example] : 1 - truth[example];
                sum += label;
                rows.add(new int[] {example, place * ANNOTATORS / 3 + random.nextInt(ANNOTATORS / 3), label});
            }
            majority[example] = sum / 2;
        }
        return DataSet.of(2, annotatorCount, rows, List.of()).annotations();
    }

    private static double[] certain(int[] picks) {
        double[] probabilities = new double[2 * picks.length];
        for (int example = 0; example < picks.length; example++) {
            probabilities[2 * example + picks[example]] = 1;
        }
        return probabilities;
    }

    private ConsensusReview review(Annotations labels, Options options, double[]... models) {
        Predictions predictions = new Predictions(EXAMPLES, 2, List.of(models));
        return Crowdlab.analyze(labels, predictions, options).review();
    }

    @Test
    void aModelThatRepeatsTheMajorityIsFoundAndOneThatKnowsTheTruthIsNot() {
        ConsensusReview review = review(annotations, Options.defaults(), certain(truth), certain(majority));
        assertThat(review.echo(0)).isEmpty();
        Echo echo = review.echo(1).orElseThrow();
        assertThat(echo.share()).isEqualTo(1);
        assertThat(echo.bound()).isBetween(0.6, 0.8);
        assertThat(echo.exampleCount()).isBetween(EXAMPLES / 2L, 2L * EXAMPLES / 3);
    }

    @Test
    void theSameIsFoundWhateverTheThreadsAndBlocks() {
        Echo echo = review(annotations, Options.defaults(), certain(majority))
                .echo(0)
                .orElseThrow();
        for (int threads = 1; threads <= 3; threads++) {
            Options options = Options.defaults().withThreads(threads, 7 * threads);
            assertThat(review(annotations, options, certain(majority)).echo(0)).contains(echo);
        }
    }

    @Test
    void aModelWithoutPreferenceSaysNothing() {
        double[] even = new double[2 * EXAMPLES];
        Arrays.fill(even, 0.5);
        assertThat(review(annotations, Options.defaults(), even).echo(0)).isEmpty();
    }

    @Test
    void nothingIsJudgedWhereAnnotatorsAreTooMany() {
        Annotations many = annotations(1 << 20);
        assertThat(review(many, Options.defaults(), certain(majority)).echo(0)).isEmpty();
        Annotations fewer = annotations(1 << 19);
        assertThat(review(fewer, Options.defaults(), certain(majority)).echo(0)).isPresent();
    }

    @Test
    void examplesWhoseConsensusIsFixedAreNotCompared() {
        Predictions predictions = new Predictions(EXAMPLES, 2, List.of(certain(majority)));
        Slice slice = new Slice(annotations, predictions).with(Column.GOLD, majority);
        Options options = Options.defaults().withGold(GoldUse.FIX);
        assertThat(Crowdlab.analyze(slice, options).review().echo(0)).isEmpty();
    }
}
