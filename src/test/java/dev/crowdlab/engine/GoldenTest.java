package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden cases, with every option; src/test/resources/golden/README.md tells what made them. */
class GoldenTest {

    /** Sums in another order than numpy's differ by a few units in the last place. */
    private static final double TOLERANCE = 1e-12;

    static List<GoldenCase> cases() {
        return GoldenCase.all();
    }

    @Test
    void theFilesAreThere() {
        assertThat(cases()).hasSize(48);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyNumberIsReproduced(GoldenCase golden) {
        Options options = golden.options().withThreads(2, 5);
        Analysis analysis = golden.dataSet().analyze(options);
        JsonNode expected = golden.json().get("expected");
        for (JsonNode row : expected.get("label_quality")) {
            checkExample(golden, analysis, row);
        }
        List<Integer> positions = golden.positions();
        for (int row = 0; row < positions.size(); row++) {
            checkNumber(
                    analysis.annotationQuality(positions.get(row)),
                    expected.get("detailed_label_quality").get(row));
        }
        for (JsonNode row : expected.get("annotator_stats")) {
            checkAnnotator(golden, analysis.annotators(), row);
        }
        for (int model = 0; model < analysis.modelCount(); model++) {
            checkNumber(
                    analysis.modelWeight(model), expected.get("model_weight").path(model));
            if (options.calibratePredictions()) {
                checkNumber(
                        analysis.temperature(model), expected.get("temperature").path(model));
            } else {
                assertThat(analysis.temperature(model)).isNaN();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void everyExampleHasItsPlaceInTheNextRoundOfLabeling(GoldenCase golden) {
        DataSet data = golden.dataSet();
        ActiveLabScores scores = ActiveLab.score(
                data.annotations(),
                data.predictions(),
                golden.unlabeled(),
                golden.options().withThreads(2, 5));
        JsonNode expected = golden.json().get("expected");
        JsonNode labeled = expected.get("active_learning_labeled");
        assertThat(scores.labeledCount()).isEqualTo(labeled.size());
        for (int row = 0; row < labeled.size(); row++) {
            String example =
                    expected.get("label_quality").get(row).get("example_id").asText();
            checkNumber(scores.labeled(golden.examples().indexOf(example)), labeled.get(row));
        }
        JsonNode unlabeled = expected.path("active_learning_unlabeled");
        assertThat(scores.unlabeledCount()).isEqualTo(unlabeled.size());
        for (int row = 0; row < unlabeled.size(); row++) {
            checkNumber(scores.unlabeled(row), unlabeled.get(row));
        }
    }

    private static void checkExample(GoldenCase golden, Analysis analysis, JsonNode row) {
        int example = golden.examples().indexOf(row.get("example_id").asText());
        Consensus consensus = analysis.published();
        String where = golden + " " + row;
        assertThat(golden.classes().get(analysis.majorityVote()[example]))
                .as(where)
                .isEqualTo(row.get("majority_vote").asText());
        assertThat(analysis.majorityRule(example).sqlName())
                .as(where)
                .isEqualTo(row.get("majority_vote_rule").asText());
        assertThat(golden.classes().get(consensus.label(example)))
                .as(where)
                .isEqualTo(row.get("consensus_label").asText());
        assertThat(consensus.tieBreak(example).sqlName())
                .as(where)
                .isEqualTo(row.get("tie_break").asText());
        checkNumber(consensus.quality(example), row.get("consensus_quality_score"));
        checkNumber(consensus.agreement(example), row.get("annotator_agreement"));
    }

    private static void checkAnnotator(GoldenCase golden, AnnotatorStatistics annotators, JsonNode row) {
        int annotator = golden.annotators().indexOf(row.get("annotator_id").asText());
        assertThat(golden.classes().get(annotators.worstClass(annotator)))
                .as(golden + " " + row)
                .isEqualTo(row.get("worst_class").asText());
        assertThat(annotators.labelCount(annotator))
                .isEqualTo(row.get("num_examples_labeled").asInt());
        assertThat(annotators.qualityReason(annotator).isPresent())
                .isEqualTo(row.get("annotator_quality").isNull());
        checkNumber(annotators.quality(annotator), row.get("annotator_quality"));
        checkNumber(annotators.agreementWithConsensus(annotator), row.get("agreement_with_consensus"));
        checkNumber(annotators.weight(annotator), row.get("annotator_weight"));
    }

    private static void checkNumber(double actual, JsonNode expected) {
        if (expected.isNull() || expected.isMissingNode()) {
            assertThat(actual).isNaN();
        } else {
            assertThat(actual).isCloseTo(expected.asDouble(), within(TOLERANCE));
        }
    }
}
