package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.quality.Interval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often the committee's intervals hold the truth on 200 simulated data sets; the page on studies has the figures. No
 * constant of the method comes from them: its intervals are those of real crowds.
 */
@Tag("slow")
class CommitteeCoverageTest {

    private static final int DATA_SETS = 200;

    @Test
    void thePageTellsHowOftenIntervalsHoldTheTruth() throws IOException {
        List<Coverage> coverages = new ArrayList<>();
        for (SimulatedCrowd.Errors errors : SimulatedCrowd.Errors.values()) {
            coverages.add(new Coverage(errors, false));
            coverages.add(new Coverage(errors, true));
        }
        for (int number = 0; number < DATA_SETS; number++) {
            Coverage coverage = coverages.get(number % coverages.size());
            coverage.add(SimulatedCrowd.of(number, coverage.errors, coverage.withModel));
        }
        List<String> lines = coverages.stream().map(Coverage::line).toList();
        assertThat(Files.readAllLines(Path.of("src", "site", "markdown", "studies.md")))
                .containsSubsequence(lines);
    }

    /** Of all data sets of one kind. */
    private static final class Coverage {

        private final SimulatedCrowd.Errors errors;
        private final boolean withModel;
        private int dataSets;
        private int heldAccuracies;
        private int annotators;
        private int heldAnnotators;
        private double biases;
        private double accuracies;

        Coverage(SimulatedCrowd.Errors errors, boolean withModel) {
            this.errors = errors;
            this.withModel = withModel;
        }

        void add(SimulatedCrowd crowd) {
            Analysis analysis =
                    Committee.analyze(crowd.data().annotations(), crowd.data().predictions(), Options.defaults());
            CommitteeEstimates estimates = analysis.committee().orElseThrow();
            double accuracy = crowd.accuracy(analysis.published());
            dataSets++;
            accuracies += accuracy;
            biases += estimates.accuracy() - accuracy;
            heldAccuracies += holds(estimates.accuracyInterval(), accuracy);
            AnnotatorStatistics statistics = analysis.annotators();
            for (int annotator = 0; annotator < statistics.annotatorCount(); annotator++) {
                if (statistics.labelCount(annotator) > 0) {
                    annotators++;
                    heldAnnotators += holds(statistics.qualityInterval(annotator), crowd.accuracy(annotator));
                }
            }
        }

        private static int holds(Interval interval, double value) {
            return interval.lower() <= value && value <= interval.upper() ? 1 : 0;
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %.3f | %+.3f | %.0f %% | %,d | %.0f %% |",
                    errors.description(),
                    withModel ? "one model" : "none",
                    dataSets,
                    accuracies / dataSets,
                    biases / dataSets,
                    100.0 * heldAccuracies / dataSets,
                    annotators,
                    100.0 * heldAnnotators / annotators);
        }
    }
}
