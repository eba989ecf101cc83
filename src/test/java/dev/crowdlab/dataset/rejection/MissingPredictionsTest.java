package dev.crowdlab.dataset.rejection;

import static dev.crowdlab.dataset.InputRows.annotations;
import static dev.crowdlab.dataset.InputRows.probabilities;
import static dev.crowdlab.dataset.InputRows.rejected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.InputCounts;
import dev.crowdlab.dataset.InputRows;
import dev.crowdlab.engine.pass.UnusableInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingPredictionsTest {

    private final InputRows rows = new InputRows();

    private Dataset dataset(MissingPrediction policy) {
        return rows.dataset(new InputRules(List.of("no", "yes"), policy, DuplicateAnnotation.LATEST));
    }

    @Test
    void examplesWithoutPredictionAreRefused() {
        rows.annotation("e1", "b", "yes").annotation("e1", "a", "no").annotation("e2", "a", "no");
        rows.predicted("e2");
        Dataset dataset = dataset(MissingPrediction.REJECT);
        assertThat(rejected(dataset))
                .containsExactly(
                        "ANNOTATION e1 a m no NO_PREDICTION: the example has no usable prediction",
                        "ANNOTATION e1 b m yes NO_PREDICTION: the example has no usable prediction");
        assertThat(annotations(dataset)).containsExactly("e2 a no");
        assertThat(dataset.annotators().texts()).containsExactly("a");
        assertThat(dataset.counts().unpredicted()).isEqualTo(1);
    }

    @Test
    void examplesWithoutPredictionAreUniformIfAskedFor() {
        rows.annotation("e1", "a", "no").annotation("e2", "a", "no").annotation("e3", "a", "yes");
        rows.predicted("e2").prediction("e3", "m", "yes", 1);
        Dataset dataset = dataset(MissingPrediction.UNIFORM);
        assertThat(annotations(dataset)).containsExactly("e1 a no", "e2 a no", "e3 a yes");
        assertThat(probabilities(dataset, 0, 0)).containsExactly(0.5, 0.5);
        assertThat(probabilities(dataset, 0, 1)).containsExactly(0.25, 0.75);
        assertThat(probabilities(dataset, 0, 2)).containsExactly(0.5, 0.5);
        assertThat(dataset.counts()).isEqualTo(new InputCounts(3, 3, 0, 0, 0, 0, 0, 2, 0, null));
    }

    @Test
    void anExampleWithoutPredictionFailsTheDatasetIfAskedFor() {
        rows.annotation("e9", "a", "no").annotation("e3", "a", "no").annotation("e2", "a", "no");
        rows.predicted("e2");
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> dataset(MissingPrediction.FAIL))
                .withMessage("Example 'e3' has annotations but no usable prediction of every model, and"
                        + " on-missing-prediction is fail; add the prediction or choose reject or uniform");
    }

    @Test
    void completePredictionsDoNotFail() {
        rows.annotation("e2", "a", "no").predicted("e2").predicted("e1");
        assertThat(annotations(dataset(MissingPrediction.FAIL))).containsExactly("e2 a no");
    }

    @Test
    void noPredictionsAtAllAreFineUnlessTheyMustBeThere() {
        rows.annotation("e1", "a", "no").annotation("e2", "a", "yes");
        for (MissingPrediction policy : List.of(MissingPrediction.REJECT, MissingPrediction.UNIFORM)) {
            Dataset dataset = dataset(policy);
            assertThat(annotations(dataset)).containsExactly("e1 a no", "e2 a yes");
            assertThat(dataset.predictions().modelCount()).isZero();
            assertThat(dataset.counts()).isEqualTo(new InputCounts(2, 0, 0, 0, 0, 0, 0, 0, 0, null));
        }
        assertThatExceptionOfType(UnusableInputException.class)
                .isThrownBy(() -> dataset(MissingPrediction.FAIL))
                .withMessageStartingWith("Example 'e1' has annotations but no usable prediction");
    }

    @Test
    void predictionsThatAreAllRefusedAreNotNoPredictions() {
        rows.annotation("e1", "a", "no").prediction(null, "m", "no", 1).prediction("e1", "", "no", 1);
        Dataset dataset = dataset(MissingPrediction.REJECT);
        assertThat(annotations(dataset)).isEmpty();
        assertThat(rejected(dataset)).first().asString().contains("e1 a null no NO_PREDICTION");
    }

    @Test
    void modelsStandInCodePointOrder() {
        rows.annotation("e", "a", "no");
        rows.prediction("e", "z", "no", 0.25).prediction("e", "z", "yes", 0.75);
        rows.prediction("e", "B", "yes", 0.5).prediction("e", "B", "no", 0.5);
        rows.prediction("e", "a", "yes", 1).prediction("e", "a", "no", 0);
        Dataset dataset = dataset(MissingPrediction.REJECT);
        assertThat(dataset.models().texts()).containsExactly("B", "a", "z");
        assertThat(probabilities(dataset, 0, 0)).containsExactly(0.5, 0.5);
        assertThat(probabilities(dataset, 1, 0)).containsExactly(0, 1);
        assertThat(probabilities(dataset, 2, 0)).containsExactly(0.25, 0.75);
    }

    @Test
    void anExampleNeedsThePredictionOfEveryModel() {
        rows.annotation("e1", "a", "no").annotation("e2", "a", "no");
        rows.predicted("e1").predicted("e2").predicted("u1").predicted("u2");
        rows.prediction("e2", "m2", "no", 1).prediction("e2", "m2", "yes", 0);
        rows.prediction("u2", "m2", "no", 1).prediction("u2", "m2", "yes", 0);
        Dataset rejecting = dataset(MissingPrediction.REJECT);
        assertThat(annotations(rejecting)).containsExactly("e2 a no");
        assertThat(rejected(rejecting))
                .containsExactly(
                        "ANNOTATION e1 a m2 no NO_PREDICTION: the example has no usable prediction of model 'm2'");
        assertThat(rejecting.counts().unlabeled()).isEqualTo(1);
        assertThat(rejecting.counts().partlyPredicted()).isEqualTo(1);
        Dataset uniform = dataset(MissingPrediction.UNIFORM);
        assertThat(annotations(uniform)).containsExactly("e1 a no", "e2 a no");
        assertThat(probabilities(uniform, 0, 0)).containsExactly(0.25, 0.75);
        assertThat(probabilities(uniform, 1, 0)).containsExactly(0.5, 0.5);
        assertThat(uniform.counts().uniform()).isEqualTo(1);
        assertThat(uniform.counts().unlabeled()).isEqualTo(1);
        assertThat(uniform.counts().partlyPredicted()).isEqualTo(1);
    }

    @Test
    void theModelsThatHaveNotPredictedAnExampleAreNamed() {
        rows.annotation("e1", "a", "no").annotation("e2", "a", "no").annotation("e3", "a", "no");
        for (String model : List.of("m6", "m5", "m4", "m3", "m2", "m1")) {
            rows.array("e1", model, 1, 0);
        }
        rows.array("e2", "m1", 1, 0)
                .array("e2", "m3", 1, 0)
                .array("e2", "m4", 1, 0)
                .array("e2", "m5", 1, 0);
        Dataset dataset = dataset(MissingPrediction.REJECT);
        assertThat(rejected(dataset))
                .containsExactly(
                        "ANNOTATION e2 a m2, m6 no NO_PREDICTION: the example has no usable prediction of models 'm2',"
                                + " 'm6'",
                        "ANNOTATION e3 a m1, m2, m3, m4, m5, … no NO_PREDICTION: the example has no usable prediction of"
                                + " models 'm1', 'm2', 'm3', 'm4', 'm5', …");
        assertThat(dataset.modelCounts().labeledExamples()).isEqualTo(3);
        assertThat(dataset.modelCounts().labeled(0)).isEqualTo(2);
        assertThat(dataset.modelCounts().labeled(1)).isEqualTo(1);
    }

    @Test
    void predictedExamplesWithoutAcceptedAnnotationAreThePool() {
        rows.predicted("labeled").predicted("never").predicted("unknown").predicted("conflicting");
        rows.prediction("broken", "m", "no", 1);
        rows.annotation("labeled", "a", "no").annotation("unknown", "a", "maybe");
        rows.annotation("conflicting", "a", "no").annotation("conflicting", "a", "yes");
        Dataset dataset = dataset(MissingPrediction.REJECT);
        assertThat(dataset.examples().texts()).containsExactly("labeled");
        assertThat(dataset.counts().unlabeled()).isEqualTo(3);
    }
}
