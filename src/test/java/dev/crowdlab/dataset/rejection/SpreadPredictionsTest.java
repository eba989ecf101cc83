package dev.crowdlab.dataset.rejection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.InputRows;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadPredictionsTest {

    private final InputRows rows = new InputRows().annotation("e", "a", "x").annotation("e", "b", "y");

    private Dataset dataset() {
        return rows.dataset(new InputRules(
                List.of("x", "y", "z"),
                MissingPrediction.REJECT,
                DuplicateAnnotation.LATEST,
                IncompletePrediction.SPREAD));
    }

    @Test
    void theRestOfOneLabelWithAScoreGoesToTheOthersInEqualParts() {
        rows.prediction("e", "m", "y", 0.7);
        assertThat(InputRows.probabilities(dataset(), 0, 0))
                .containsExactly(new double[] {0.15, 0.7, 0.15}, within(1e-15));
    }

    @Test
    void severalLabelsLeaveTheirRestToTheLast() {
        rows.prediction("e", "m", "y", 0.7).prediction("e", "m", "z", 0.2);
        assertThat(InputRows.probabilities(dataset(), 0, 0))
                .containsExactly(new double[] {0.1, 0.7, 0.2}, within(1e-15));
    }

    @Test
    void whereNothingIsLeftTheOthersGetNothing() {
        rows.prediction("e", "m", "y", 1.0005);
        assertThat(InputRows.rejected(dataset())).anyMatch(row -> row.contains("BAD_PROBABILITY"));
        InputRows sure = new InputRows().annotation("e", "a", "x").annotation("e", "b", "x");
        sure.prediction("e", "m", "x", 0.6).prediction("e", "m", "z", 0.4005);
        Dataset dataset = sure.dataset(new InputRules(
                List.of("x", "y", "z"),
                MissingPrediction.REJECT,
                DuplicateAnnotation.LATEST,
                IncompletePrediction.SPREAD));
        assertThat(InputRows.probabilities(dataset, 0, 0))
                .containsExactly(new double[] {0.6 / 1.0005, 0, 0.4005 / 1.0005}, within(1e-15));
    }

    @Test
    void whatElseIsWrongIsRefusedAsEver() {
        rows.prediction("e", "m", "x", 0.8).prediction("e", "m", "y", 0.3);
        rows.prediction("f", "m", "x", 0.4).prediction("f", "m", "x", 0.4);
        rows.prediction("g", "m", "x", 0.4).prediction("g", "m", "y", 0.3).prediction("g", "m", "z", 0.2);
        rows.prediction("h", "m", "w", 0.4);
        rows.prediction("i", "m", null, 0.4);
        assertThat(dataset().rejected().rows().stream()
                        .filter(row -> row.source() == InputKind.PREDICTION)
                        .map(row -> row.exampleId() + " " + row.reason()))
                .containsExactly(
                        "e PROBABILITY_SUM",
                        "e PROBABILITY_SUM",
                        "f DUPLICATE_PREDICTION",
                        "f DUPLICATE_PREDICTION",
                        "g PROBABILITY_SUM",
                        "g PROBABILITY_SUM",
                        "g PROBABILITY_SUM",
                        "h UNKNOWN_LABEL",
                        "i MISSING_LABEL");
        assertThat(dataset().rejected().rows()).anyMatch(row -> row.detail().contains("sum to 1.1, not to 1"));
    }
}
