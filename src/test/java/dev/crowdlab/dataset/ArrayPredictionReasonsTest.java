package dev.crowdlab.dataset;

import static dev.crowdlab.dataset.InputRows.NULL;
import static dev.crowdlab.dataset.InputRows.probabilities;
import static dev.crowdlab.dataset.InputRows.rejected;
import static dev.crowdlab.dataset.InputRows.rules;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrayPredictionReasonsTest {

    private final InputRows rows = new InputRows();

    private Dataset dataset() {
        return rows.dataset(rules("a", "b", "c"));
    }

    @Test
    void arraysAreTakenInTheOrderOfTheClasses() {
        rows.annotation("e2", "x", "c").annotation("e1", "x", "a");
        rows.array("e1", "m", 0.5, 0.25, 0.25).array("unlabeled", "m", 1, 0, 0).array("e2", "m", 0, 0.125, 0.875);
        Dataset dataset = dataset();
        assertThat(rejected(dataset)).isEmpty();
        assertThat(probabilities(dataset, 0, 0)).containsExactly(0.5, 0.25, 0.25);
        assertThat(probabilities(dataset, 0, 1)).containsExactly(0, 0.125, 0.875);
        assertThat(dataset.counts()).isEqualTo(new InputCounts(2, 3, 0, 0, 0, 1, 0, 0, 0, null));
    }

    @Test
    void missingAndTooLongIdsAreNamedAndTheirProbabilitiesSkipped() {
        rows.annotation("e", "x", "a");
        rows.array(null, "m", 1, 0, 0).array("e".repeat(1_001), "m", 0, 0, 1).array("f", "", 0, 1, 0);
        rows.array("g", null).array("e", "m", 0.25, 0.25, 0.5);
        Dataset dataset = rows.dataset(rules("a", "b", "c"), 10);
        assertThat(rejected(dataset))
                .containsExactly(
                        "PREDICTION " + "e".repeat(1_000)
                                + " null m null TOO_LONG: example_id has 1001 bytes, at most 1000 are allowed",
                        "PREDICTION f null  null MISSING_ID: model is empty",
                        "PREDICTION g null null null MISSING_ID: model is null",
                        "PREDICTION null null m null MISSING_ID: example_id is null");
        assertThat(probabilities(dataset, 0, 0)).containsExactly(0.25, 0.25, 0.5);
    }

    @Test
    void nullArraysAndBadElementsAreBadProbabilities() {
        rows.array("e1", "m", (double[]) null).array("e2", "m", 0.5, NULL, 0.5).array("e3", "m", 0.5, 0.5, Double.NaN);
        rows.array("e4", "m", -1, 2, 0);
        assertThat(rejected(dataset()))
                .containsExactly(
                        "PREDICTION e1 null m null BAD_PROBABILITY: probabilities is null",
                        "PREDICTION e2 null m null BAD_PROBABILITY: probabilities[2] is null, not between 0 and 1",
                        "PREDICTION e3 null m null BAD_PROBABILITY: probabilities[3] is NaN, not between 0 and 1",
                        "PREDICTION e4 null m null BAD_PROBABILITY: probabilities[1] is -1.0, not between 0 and 1");
    }

    @Test
    void badProbabilityComesBeforeDuplicateAndLength() {
        rows.array("e", "m", 1, 0, 0).array("e", "m", 0.5, 3);
        String finding = "PREDICTION e null m null BAD_PROBABILITY: probabilities[2] is 3.0, not between 0 and 1";
        assertThat(rejected(dataset())).containsExactly(finding, finding);
    }

    @Test
    void duplicateComesBeforeLength() {
        rows.array("e", "m").array("e", "m", 1, 0).array("e", "m", 1, 0, 0);
        String finding = "PREDICTION e null m null DUPLICATE_PREDICTION: 3 rows for one example and model; if they"
                + " are from several models, let the query return a column model";
        assertThat(rejected(dataset())).containsExactly(finding, finding, finding);
    }

    @Test
    void arraysOfAnotherLengthAreIncomplete() {
        rows.array("e1", "m").array("e2", "m", 0.5, 0.5).array("e3", "m", 0.5, 0.5, 0, 0);
        String finding = " null m null INCOMPLETE_PREDICTION: probabilities has ";
        String classes = " elements, the dataset has 3 classes";
        assertThat(rejected(dataset()))
                .containsExactly(
                        "PREDICTION e1" + finding + 0 + classes,
                        "PREDICTION e2" + finding + 2 + classes,
                        "PREDICTION e3" + finding + 4 + classes);
    }

    @Test
    void theSumComesLast() {
        rows.array("e", "m", 0.5, 0.5, 0.5);
        assertThat(rejected(dataset()))
                .containsExactly("PREDICTION e null m null PROBABILITY_SUM: the probabilities sum to 1.5, not to 1");
    }

    @Test
    void nullAndNanAreToldApartWhateverTheirOrder() {
        rows.array("e", "m", NULL, 0, 0).array("e", "m", Double.NaN, 0, 0);
        InputRows reversed = new InputRows().array("e", "m", Double.NaN, 0, 0).array("e", "m", NULL, 0, 0);
        assertThat(rejected(reversed.dataset(rules("a", "b", "c")))).isEqualTo(rejected(dataset()));
    }
}
