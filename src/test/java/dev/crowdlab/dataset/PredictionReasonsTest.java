package dev.crowdlab.dataset;

import static dev.crowdlab.dataset.InputRows.NULL;
import static dev.crowdlab.dataset.InputRows.probabilities;
import static dev.crowdlab.dataset.InputRows.rejected;
import static dev.crowdlab.dataset.InputRows.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.RejectedRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionReasonsTest {

    private static final String LONG_LABEL = "y".repeat(251);

    private final InputRows rows = new InputRows();

    private Dataset dataset() {
        return rows.dataset(rules("no", "yes"));
    }

    /** The reason and detail of the only example, whose every row must have been refused for it. */
    private String finding() {
        Dataset dataset = dataset();
        List<RejectedRow> rejected = dataset.rejected().rows();
        assertThat(rejected).hasSize(rows.predictionCount());
        assertThat(dataset.counts().unlabeled()).isZero();
        for (RejectedRow row : rejected) {
            assertThat(row.source()).isEqualTo(InputKind.PREDICTION);
            assertThat(row.reason()).isEqualTo(rejected.get(0).reason());
            assertThat(row.detail()).isEqualTo(rejected.get(0).detail());
            assertThat(row.annotatorId()).isNull();
        }
        return rejected.get(0).reason() + ": " + rejected.get(0).detail();
    }

    @Test
    void missingAndTooLongIdsAreNamed() {
        String longId = "x".repeat(1_001);
        rows.prediction(null, "", "yes", 1).prediction("", "m", null, 1).prediction("e", null, "", 1);
        rows.prediction("e", longId, "yes", 1).prediction(longId, null, "yes", 1);
        assertThat(rejected(dataset()))
                .containsExactly(
                        "PREDICTION  null m null MISSING_ID: example_id is empty",
                        "PREDICTION e null " + "x".repeat(1_000)
                                + " yes TOO_LONG: model has 1001 bytes, at most 1000 are allowed",
                        "PREDICTION e null null  MISSING_ID: model is null",
                        "PREDICTION " + "x".repeat(1_000) + " null null yes MISSING_ID: model is null",
                        "PREDICTION null null  yes MISSING_ID: example_id is null, model is empty");
    }

    /** Each step takes away the defect found before it, so that the next one shows. */
    @Test
    void theFirstReasonThatAppliesIsGiven() {
        rows.prediction("e", "m", LONG_LABEL, NULL).prediction("e", "m", null, 0);
        rows.prediction("e", "m", "maybe", 0).prediction("e", "m", "no", 2);
        rows.prediction("e", "m", "no", 0.5);
        assertThat(finding()).isEqualTo("TOO_LONG: label has 251 bytes, at most 250 are allowed");
    }

    @Test
    void missingLabelComesBeforeUnknownLabel() {
        rows.prediction("e", "m", null, 0).prediction("e", "m", "maybe", NULL).prediction("e", "m", "no", 2);
        assertThat(finding()).isEqualTo("MISSING_LABEL: label is missing");
    }

    @Test
    void emptyLabelsAreMissing() {
        rows.prediction("e", "m", "no", 1).prediction("e", "m", "", 0);
        assertThat(finding()).isEqualTo("MISSING_LABEL: label is missing");
    }

    @Test
    void unknownLabelComesBeforeBadProbability() {
        rows.prediction("e", "m", "perhaps", 0).prediction("e", "m", "maybe", 0).prediction("e", "m", "no", 2);
        assertThat(finding()).isEqualTo("UNKNOWN_LABEL: label 'maybe' is not one of the dataset's classes");
    }

    @Test
    void badProbabilityComesBeforeDuplicate() {
        rows.prediction("e", "m", "yes", -0.5).prediction("e", "m", "no", 0.5).prediction("e", "m", "no", 0.5);
        assertThat(finding()).isEqualTo("BAD_PROBABILITY: probability of class 'yes' is -0.5, not between 0 and 1");
    }

    @Test
    void nullNanAndInfiniteProbabilitiesAreBad() {
        rows.prediction("e1", "m", "no", NULL).prediction("e2", "m", "no", Double.NaN);
        rows.prediction("e3", "m", "no", Double.NEGATIVE_INFINITY).prediction("e4", "m", "no", 1.5);
        assertThat(rejected(dataset()))
                .containsExactly(
                        "PREDICTION e1 null m no BAD_PROBABILITY: probability of class 'no' is null, not between 0 and 1",
                        "PREDICTION e2 null m no BAD_PROBABILITY: probability of class 'no' is NaN, not between 0 and 1",
                        "PREDICTION e3 null m no BAD_PROBABILITY: probability of class 'no' is -Infinity, not between 0"
                                + " and 1",
                        "PREDICTION e4 null m no BAD_PROBABILITY: probability of class 'no' is 1.5, not between 0 and 1");
    }

    @Test
    void duplicateComesBeforeIncomplete() {
        rows.prediction("e", "m", "yes", 0.5).prediction("e", "m", "yes", 0.5);
        assertThat(finding()).isEqualTo("DUPLICATE_PREDICTION: class 'yes' has more than one probability, 0.5 and 0.5");
    }

    @Test
    void twoProbabilitiesOfOneClassMayBeFromTwoModels() {
        rows.prediction("e", "m", "yes", 0.5).prediction("e", "m", "no", 0.5).prediction("e", "m", "yes", 0.75);
        assertThat(finding())
                .isEqualTo(
                        "DUPLICATE_PREDICTION: class 'yes' has more than one probability, 0.5 and 0.75; if they are from"
                                + " several models, let the query return a column model");
        rows.prediction("f", "n", "yes", 0.5).prediction("f", "n", "no", 0.5);
        assertThat(dataset().rejected().rows())
                .extracting(RejectedRow::detail)
                .containsOnly("class 'yes' has more than one probability, 0.5 and 0.75");
    }

    @Test
    void predictionsAreCountedAlikeHoweverTheyCome() {
        rows.prediction("e", "m", "no", 1).prediction("e", "m", "yes", 0);
        rows.prediction("f", "m", "No", 1).prediction("f", "m", "yes", 0).prediction(null, "m", "yes", 0);
        ModelCounts byClass = dataset().modelCounts();
        InputRows arrays =
                new InputRows().array("e", "m", 1, 0).array("f", "m", 2, 0).array(null, "m", 0, 1);
        ModelCounts byArray = arrays.dataset(rules("no", "yes")).modelCounts();
        for (ModelCounts counts : List.of(byClass, byArray)) {
            assertThat(counts.given(0)).isEqualTo(2);
            assertThat(counts.rejected(0).values()).containsExactly(1L);
            assertThat(counts.strayPredictions()).isEqualTo(1);
        }
    }

    @Test
    void incompleteComesBeforeTheSum() {
        rows.prediction("e", "m", "yes", 0.5);
        assertThat(finding())
                .isEqualTo("INCOMPLETE_PREDICTION: only class 'yes' of 2 has a probability;"
                        + " on-incomplete-prediction: spread would take the others to be equally likely");
    }

    @Test
    void theSumComesLast() {
        rows.prediction("e", "m", "no", 0.25).prediction("e", "m", "yes", 0.25);
        assertThat(finding()).isEqualTo("PROBABILITY_SUM: the probabilities sum to 0.5, not to 1");
    }

    @Test
    void aBadPredictionRefusesOnlyItsExampleAndModel() {
        rows.annotation("e1", "a", "yes").annotation("e2", "a", "yes");
        rows.predicted("e1").prediction("e2", "m", "no", 1);
        Dataset dataset = dataset();
        assertThat(rejected(dataset))
                .containsExactly(
                        "ANNOTATION e2 a m yes NO_PREDICTION: the example has no usable prediction",
                        "PREDICTION e2 null m no INCOMPLETE_PREDICTION: only class 'no' of 2 has a probability;"
                                + " on-incomplete-prediction: spread would take the others to be equally likely");
        assertThat(dataset.examples().texts()).containsExactly("e1");
        assertThat(probabilities(dataset, 0, 0)).containsExactly(0.25, 0.75);
    }

    @Test
    void nullAndNanOfOneClassAreToldApartWhateverTheirOrder() {
        rows.prediction("e", "m", "no", NULL).prediction("e", "m", "no", Double.NaN);
        String finding = finding();
        InputRows reversed =
                new InputRows().prediction("e", "m", "no", Double.NaN).prediction("e", "m", "no", NULL);
        assertThat(rejected(reversed.dataset(rules("no", "yes")))).allMatch(row -> row.endsWith(finding));
    }
}
