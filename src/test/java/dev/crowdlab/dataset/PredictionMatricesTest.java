package dev.crowdlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.testing.SlowAfter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets of several chunks of 2^18 rows with two classes; the probabilities tell of which example they are. */
class PredictionMatricesTest {

    private static final int EXAMPLES = 270_000;
    private static final int POOL = 265_000;
    /** Every so many examples one has no prediction. */
    private static final int UNPREDICTED = 1_000;

    private static final int BLOCK_SIZE = 10_000;
    private static final InputRules RULES =
            new InputRules(List.of("no", "yes"), MissingPrediction.UNIFORM, DuplicateAnnotation.LATEST);

    @ParameterizedTest
    @SlowAfter(1)
    @ValueSource(booleans = {true, false})
    void everyExampleHasItsPredictionWhateverTheOrder(boolean isShuffled) {
        InputRows rows = new InputRows();
        for (int id = 0; id < EXAMPLES + POOL; id++) {
            if (id < EXAMPLES) {
                rows.annotation(Integer.toString(id), "a", "no");
            }
            if (id % UNPREDICTED != 0) {
                rows.array(Integer.toString(id), "m", probability(id), 1 - probability(id));
            }
        }
        Dataset dataset = (isShuffled ? rows.shuffled(new Random(1)) : rows).dataset(RULES, BLOCK_SIZE);
        assertThat(dataset.examples().size()).isEqualTo(EXAMPLES);
        for (int example = 0; example < EXAMPLES; example++) {
            int id = Integer.parseInt(dataset.examples().text(example));
            assertThat(dataset.predictions().probability(0, example, 0))
                    .isEqualTo(id % UNPREDICTED == 0 ? 0.5 : probability(id));
        }
        UnlabeledPool pool = dataset.unlabeled();
        assertThat(pool.examples().size()).isEqualTo(POOL - POOL / UNPREDICTED);
        for (int example = 0; example < pool.examples().size(); example++) {
            int id = Integer.parseInt(pool.examples().text(example));
            assertThat(pool.predictions().probability(0, example, 0)).isEqualTo(probability(id));
        }
    }

    private static double probability(int id) {
        return id / (double) (EXAMPLES + POOL);
    }
}
