package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.ExpertEstimate;
import dev.crowdlab.engine.quality.Interval;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Random data sets against the study's reference implementation: src/test/resources/committee/random.py made them. */
class CommitteeGoldenTest {

    /** The reference adds up in another order. */
    private static final Offset<Double> CLOSE = within(1e-7);

    @Test
    void theEngineGivesWhatTheReferenceGives() throws IOException {
        JsonNode cases = new ObjectMapper()
                .readTree(Path.of("src", "test", "resources", "committee", "random.json")
                        .toFile());
        assertThat(cases).hasSize(60);
        for (JsonNode golden : cases) {
            compare(golden);
        }
    }

    private static void compare(JsonNode golden) {
        List<int[]> rows = new ArrayList<>();
        golden.get("annotations")
                .forEach(row -> rows.add(new int[] {
                    row.get(0).asInt(), row.get(1).asInt(), row.get(2).asInt()
                }));
        List<double[]> models = new ArrayList<>();
        golden.get("models").forEach(model -> models.add(numbers(model)));
        DataSet data = DataSet.of(
                golden.get("classes").asInt(), golden.get("annotators").asInt(), rows, models);
        Analysis analysis = Committee.analyze(data.annotations(), data.predictions(), Options.defaults());
        CommitteeEstimates estimates = analysis.committee().orElseThrow();
        for (int example = 0; example < data.annotations().exampleCount(); example++) {
            assertThat(analysis.published().label(example))
                    .isEqualTo(golden.get("labels").get(example).asInt());
            assertThat(analysis.published().quality(example))
                    .isCloseTo(golden.get("probabilities").get(example).asDouble(), CLOSE);
        }
        for (int annotator = 0; annotator < data.annotations().annotatorCount(); annotator++) {
            if (analysis.annotators().labelCount(annotator) > 0) {
                assertThat(analysis.annotators().quality(annotator))
                        .isCloseTo(golden.get("annotator_means").get(annotator).asDouble(), CLOSE);
            }
        }
        double[] accuracy = numbers(golden.get("accuracy"));
        assertThat(estimates.meanQuality()).isCloseTo(accuracy[0], CLOSE);
        if (estimates.modelCount() == 0 || estimates.overlap() >= CommitteeEstimates.MIN_OVERLAP) {
            Interval interval = estimates.accuracyInterval();
            assertThat(new double[] {estimates.accuracy(), interval.lower(), interval.upper()})
                    .containsExactly(accuracy, CLOSE);
        } else {
            assertThat(estimates.accuracy()).isNaN();
        }
        for (int place = 0; place < 6; place++) {
            compareExpert(estimates.experts().get(place), golden, place);
        }
    }

    private static void compareExpert(ExpertEstimate expert, JsonNode golden, int place) {
        assertThat(expert.weight()).isCloseTo(golden.get("weights").get(place).asDouble(), CLOSE);
        assertThat(expert.looScore()).isCloseTo(golden.get("scores").get(place).asDouble(), CLOSE);
        assertThat(expert.roundCount())
                .isEqualTo(golden.get("rounds").get(place).asInt());
        JsonNode lambdas = golden.get("lambdas").get(place);
        for (int model = 0; model < lambdas.size(); model++) {
            assertThat(expert.modelWeight(model)).isCloseTo(lambdas.get(model).asDouble(), CLOSE);
        }
    }

    private static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = array.get(index).asDouble();
        }
        return numbers;
    }
}
