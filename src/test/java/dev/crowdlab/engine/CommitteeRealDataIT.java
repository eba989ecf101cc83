package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.committee.ExpertEstimate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The committee on eight published data sets, which are not part of this project, against the figures of the study that it comes from:
 * src/test/resources/committee/expected.csv has the study's table. Run with {@code -Prealdata}; see {@code RealDataIT}.
 */
@Tag("realdata")
class CommitteeRealDataIT {

    private static final double ACCURACY = 0.003;
    private static final double WEIGHT = 0.01;
    private static final double ESTIMATE = 0.003;
    private static final double RANKING = 0.01;
    private static final int ROUNDS = 1;

    static List<Expected> expected() throws IOException {
        return Files.readAllLines(Path.of("src", "test", "resources", "committee", "expected.csv")).stream()
                .skip(1)
                .map(line -> new Expected(line.split(",", -1)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void theFiguresAreThoseOfTheStudy(Expected expected) throws IOException {
        PublishedDataSet published = PublishedDataSet.read(expected.cells[0]);
        DataSet data = published.withModels(expected.modelCount());
        assertThat(data.annotations().exampleCount()).isEqualTo(Integer.parseInt(expected.cells[2]));
        assertThat(data.annotations().annotationCount()).isEqualTo(Integer.parseInt(expected.cells[3]));
        Analysis analysis = Committee.analyze(data.annotations(), data.predictions(), Options.defaults());
        CommitteeEstimates estimates = analysis.committee().orElseThrow();
        if (!expected.cells[4].isEmpty()) {
            Consensus consensus = analysis.published();
            assertThat(published.accuracy(consensus)).isCloseTo(expected.number(4), within(ACCURACY));
            assertThat(published.calibrationError(consensus)).isCloseTo(expected.number(8), within(ESTIMATE));
            assertThat(published.ranking(consensus)).isCloseTo(expected.number(9), within(RANKING));
        }
        assertThat(estimates.accuracy()).isCloseTo(expected.number(5), within(ESTIMATE));
        assertThat(estimates.accuracyInterval().lower()).isCloseTo(expected.number(6), within(ESTIMATE));
        assertThat(estimates.accuracyInterval().upper()).isCloseTo(expected.number(7), within(ESTIMATE));
        compareExperts(estimates, expected);
    }

    private static void compareExperts(CommitteeEstimates estimates, Expected expected) {
        double[] weights = expected.numbers(10);
        double[] modelWeights = expected.numbers(11);
        double[] rounds = expected.numbers(12);
        for (int place = 0; place < weights.length; place++) {
            ExpertEstimate expert = estimates.experts().get(place);
            assertThat(expert.weight()).isCloseTo(weights[place], within(WEIGHT));
            assertThat(expert.roundCount()).isCloseTo((int) rounds[place], within(ROUNDS));
        }
        for (int model = 0; model < modelWeights.length; model++) {
            double sum = 0;
            for (ExpertEstimate expert : estimates.experts()) {
                sum += expert.modelWeight(model);
            }
            assertThat(sum / weights.length).isCloseTo(modelWeights[model], within(WEIGHT));
        }
    }

    /** A line: dataset, models, examples, annotations, accuracy, estimate, lower, upper, ece, auroc, weights, lambdas, rounds. */
    @SuppressWarnings("ArrayRecordComponent")
    record Expected(String[] cells) {

        int modelCount() {
            return Integer.parseInt(cells[1]);
        }

        double number(int cell) {
            return Double.parseDouble(cells[cell]);
        }

        double[] numbers(int cell) {
            return cells[cell].isEmpty()
                    ? new double[0]
                    : Arrays.stream(cells[cell].split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray();
        }

        @Override
        public String toString() {
            return cells[0] + " with " + cells[1] + " models";
        }
    }
}
