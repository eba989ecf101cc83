package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The short ways to make the input, for callers who have rows and matrices. */
class InputFactoriesTest {

    private static final double[][] PROBABILITIES = {{0.7, 0.3}, {0.4, 0.6}, {0.5, 0.5}};

    @Test
    void rowsMayStandInAnyOrder() {
        for (long seed = 0; seed < 20; seed++) {
            DataSet data = RandomDataSets.of(seed, 30, 6);
            List<int[]> rows = data.rows();
            Collections.shuffle(rows, new Random(seed));
            int[][] shuffled = rows.toArray(int[][]::new);
            int[][] before = shuffled.clone();
            Annotations expected = data.annotations();
            Annotations annotations = Annotations.of(expected.classCount(), expected.annotatorCount(), shuffled);
            assertThat(annotations).usingRecursiveComparison().isEqualTo(expected);
            assertThat(shuffled).isEqualTo(before);
        }
    }

    @Test
    void noRowsAreNoExamples() {
        Annotations annotations = Annotations.of(3, 0, new int[0][]);
        assertThat(annotations).usingRecursiveComparison().isEqualTo(Annotations.none(3));
    }

    @Test
    void theAnnotatorsLabelOfAnExampleIsFound() {
        Annotations annotations = Annotations.of(2, 4, new int[][] {{1, 3, 0}, {0, 0, 1}, {1, 0, 1}, {0, 2, 0}});
        assertThat(annotations.position(0, 0)).isZero();
        assertThat(annotations.position(0, 2)).isEqualTo(1);
        assertThat(annotations.position(1, 0)).isEqualTo(2);
        assertThat(annotations.position(1, 3)).isEqualTo(3);
        assertThat(annotations.label(annotations.position(1, 3))).isZero();
        assertThat(annotations.position(0, 1)).isEqualTo(-1);
        assertThat(annotations.position(0, 3)).isEqualTo(-1);
        assertThat(annotations.position(1, 2)).isEqualTo(-1);
    }

    @Test
    void matricesOfProbabilitiesAreCopiedRowByRow() {
        double[][] other = {{1, 0}, {0, 1}, {0.25, 0.75}};
        Predictions predictions = Predictions.of(PROBABILITIES, other);
        other[2][1] = 0;
        assertThat(predictions)
                .usingRecursiveComparison()
                .isEqualTo(new Predictions(
                        3, 2, List.of(new double[] {0.7, 0.3, 0.4, 0.6, 0.5, 0.5}, new double[] {1, 0, 0, 1, 0.25, 0.75
                        })));
        assertThat(Predictions.of(PROBABILITIES).modelCount()).isEqualTo(1);
    }

    @Test
    void nothingUnlabeledNeedsNoModel() {
        Annotations annotations =
                Annotations.of(2, 2, new int[][] {{0, 0, 0}, {0, 1, 0}, {1, 0, 1}, {1, 1, 0}, {2, 0, 1}});
        Predictions labeled = Predictions.of(PROBABILITIES);
        ActiveLabScores alone = ActiveLab.score(annotations, labeled, Predictions.none(0, 2), Options.defaults());
        ActiveLabScores both = ActiveLab.score(annotations, labeled, labeled, Options.defaults());
        assertThat(alone.unlabeledCount()).isZero();
        assertThat(both.unlabeledCount()).isEqualTo(3);
        for (int example = 0; example < 3; example++) {
            assertThat(alone.labeled(example)).isEqualTo(both.labeled(example));
        }
    }

    @Test
    void nothingLabeledNeedsNoModel() {
        ActiveLabScores scores = ActiveLab.score(
                Annotations.none(2), Predictions.none(0, 2), Predictions.of(PROBABILITIES), Options.defaults());
        double[] unlabeled = new double[scores.unlabeledCount()];
        Arrays.setAll(unlabeled, scores::unlabeled);
        assertThat(scores.labeledCount()).isZero();
        assertThat(unlabeled).containsExactly((0.7 + 0.5) / 2, (0.6 + 0.5) / 2, (0.5 + 0.5) / 2);
    }

    @Test
    void somethingToScoreNeedsAModel() {
        Annotations annotations = Annotations.of(2, 1, new int[][] {{0, 0, 0}});
        Options options = Options.defaults();
        Predictions none = Predictions.none(0, 2);
        assertThatThrownBy(() -> ActiveLab.score(annotations, Predictions.none(1, 2), none, options))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith("There are no predictions");
        assertThatThrownBy(() -> ActiveLab.score(Annotations.none(2), none, none, options))
                .isInstanceOf(UnusableInputException.class);
        Predictions labeled = Predictions.of(new double[][] {{1, 0}});
        Predictions unlabeled = Predictions.of(PROBABILITIES, PROBABILITIES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActiveLab.score(annotations, labeled, unlabeled, options))
                .withMessageStartingWith("labeled examples have 1 models and 2 classes, unlabeled ones 2 and 2");
    }
}
