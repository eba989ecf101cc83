package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveLabTest {

    private static final double ROUNDING = 1e-15;

    private static Annotations annotations(int classCount, int annotatorCount, int[]... rows) {
        return DataSet.of(classCount, annotatorCount, List.of(rows), List.of()).annotations();
    }

    private static Predictions predictions(int classCount, double[]... models) {
        return new Predictions(models[0].length / classCount, classCount, List.of(models));
    }

    @Test
    void withOneAnnotationEachAllWeightsAreOne() {
        Annotations annotations = annotations(2, 2, new int[] {0, 0, 1}, new int[] {1, 1, 0});
        Predictions labeled = predictions(2, new double[] {0.25, 0.75, 0.5, 0.5});
        Predictions unlabeled = predictions(2, new double[] {0.125, 0.875});
        ActiveLabScores scores = ActiveLab.score(annotations, labeled, unlabeled, Options.defaults());
        // Q (1 + 1) + 1 / 2, over 1 + 1 + 1; max p + 1 / 2, over 1 + 1
        assertThat(scores.labeled(0)).isCloseTo((0.75 * 2 + 0.5) / 3, within(ROUNDING));
        assertThat(scores.labeled(1)).isCloseTo((0.5 * 2 + 0.5) / 3, within(ROUNDING));
        assertThat(scores.unlabeled(0)).isCloseTo((0.875 + 0.5) / 2, within(ROUNDING));
    }

    @Test
    void withoutLabelsTheModelsAloneDecideWhatToLabelFirst() {
        Predictions unlabeled = predictions(
                3, new double[] {0.5, 0.25, 0.25, 0.25, 0.75, 0}, new double[] {0, 1, 0, 0.25, 0.75, 0}, new double[] {
                    0.5, 0.5, 0, 0.75, 0.25, 0
                });
        ActiveLabScores scores = ActiveLab.score(
                Annotations.none(3),
                new Predictions(0, 3, List.of(new double[0], new double[0], new double[0])),
                unlabeled,
                Options.defaults());
        assertThat(scores.labeledCount()).isZero();
        assertThat(scores.unlabeledCount()).isEqualTo(2);
        // the models prefer classes 0, 1 and 0 of the first example, and 1, 1 and 0 of the second
        assertThat(scores.unlabeled(0)).isCloseTo((1.0 + 1.0 / 3) / 4, within(ROUNDING));
        assertThat(scores.unlabeled(1)).isCloseTo((1.75 + 1.0 / 3) / 4, within(ROUNDING));
    }

    @Test
    void modelsThatDisagreeAreSettledByTheirMean() {
        Predictions unlabeled = predictions(2, new double[] {0.75, 0.25}, new double[] {0, 1});
        ActiveLabScores scores = ActiveLab.score(
                Annotations.none(2),
                new Predictions(0, 2, List.of(new double[0], new double[0])),
                unlabeled,
                Options.defaults());
        assertThat(scores.unlabeled(0)).isCloseTo((1.25 + 0.5) / 3, within(ROUNDING));
    }

    @Test
    void aPoolThatIsEmptyHasNoScores() {
        Annotations annotations = annotations(2, 2, new int[] {0, 0, 1}, new int[] {0, 1, 1});
        ActiveLabScores scores = ActiveLab.score(
                annotations,
                predictions(2, new double[] {0.25, 0.75}),
                new Predictions(0, 2, List.of(new double[0])),
                Options.defaults());
        assertThat(scores.labeledCount()).isEqualTo(1);
        assertThat(scores.unlabeledCount()).isZero();
    }

    @Test
    void withoutModelsThereIsNothingToScoreBy() {
        assertThatThrownBy(() -> ActiveLab.score(
                        Annotations.none(2), Predictions.none(0, 2), Predictions.none(1, 2), Options.defaults()))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageContaining("no predictions");
    }

    @Test
    void poolAndLabeledExamplesHaveTheSameModels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActiveLab.score(
                        Annotations.none(2),
                        new Predictions(0, 2, List.of(new double[0])),
                        predictions(2, new double[] {1, 0}, new double[] {1, 0}),
                        Options.defaults()))
                .withMessageContaining("1 models and 2 classes, unlabeled ones 2 and 2");
    }
}
