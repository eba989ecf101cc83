package dev.crowdlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.committee.CommitteeEstimates;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What the committee says of itself where most examples have a single annotation and the model is useless; the page on
 * studies has the table. 500 examples of equal classes, 15 annotators, some examples with a second annotation.
 */
class SingleAnnotationsTest {

    private static final int EXAMPLES = 500;
    private static final int ANNOTATORS = 15;
    private static final int DATA_SETS = 10;

    /** How many examples of a hundred have two annotations. */
    private static final int[] OVERLAPS = {0, 2, 5, 10, 20, 30};

    private static final double[] ACCURACIES = {0.4, 0.6, 0.9};

    @Test
    void thePageTellsWhereTheEstimateIsWorthNothing() throws IOException {
        List<String> lines = new ArrayList<>();
        for (double accuracy : ACCURACIES) {
            for (int overlap : OVERLAPS) {
                lines.add(line(accuracy, overlap));
            }
        }
        assertThat(Files.readAllLines(Path.of("src", "site", "markdown", "studies.md")))
                .containsSubsequence(lines);
    }

    private static String line(double skill, int overlap) {
        double accuracies = 0;
        double estimates = 0;
        int overstated = 0;
        boolean isKnown = false;
        for (int seed = 0; seed < DATA_SETS; seed++) {
            Crowd crowd = new Crowd(seed, skill, overlap);
            Analysis analysis = Committee.analyze(crowd.annotations, crowd.model, Options.defaults());
            CommitteeEstimates committee = analysis.committee().orElseThrow();
            double accuracy = crowd.accuracy(analysis.published());
            accuracies += accuracy;
            estimates += committee.meanQuality();
            overstated += committee.accuracyInterval().lower() > accuracy ? 1 : 0;
            isKnown = !Double.isNaN(committee.accuracy());
        }
        assertThat(isKnown).isEqualTo(overlap >= 20);
        assertThat(overstated).as("%s at %d %%", skill, overlap).isZero();
        return String.format(
                Locale.ROOT,
                "| %.0f %% | %d %% | %.2f | %.2f | %s |",
                100 * skill,
                overlap,
                accuracies / DATA_SETS,
                estimates / DATA_SETS,
                isKnown ? "given" : "NULL");
    }

    @Test
    void withoutPredictionsTheEstimateIsNotTooHigh() {
        for (int seed = 0; seed < DATA_SETS; seed++) {
            Crowd crowd = new Crowd(seed, 0.6, 2);
            Analysis analysis = Committee.analyze(crowd.annotations, Predictions.none(EXAMPLES, 4), Options.defaults());
            assertThat(analysis.committee().orElseThrow().accuracyInterval().lower())
                    .isLessThan(crowd.accuracy(analysis.published()));
        }
    }

    /** Annotators of about the same skill, and a model that knows nothing. */
    private static final class Crowd {

        private static final int CLASSES = 4;

        private final int[] truth = new int[EXAMPLES];
        private final Annotations annotations;
        private final Predictions model;

        Crowd(int seed, double skill, int overlap) {
            Random random = new Random(seed);
            double[] skills =
                    random.doubles(ANNOTATORS, skill - 0.1, skill + 0.1).toArray();
            List<int[]> rows = new ArrayList<>();
            double[][] probabilities = new double[EXAMPLES][CLASSES];
            for (int example = 0; example < EXAMPLES; example++) {
                truth[example] = random.nextInt(CLASSES);
                int size = example < overlap * EXAMPLES / 100 ? 2 : 1;
                for (int annotator : random.ints(0, ANNOTATORS)
                        .distinct()
                        .limit(size)
                        .sorted()
                        .toArray()) {
                    int wrong = (truth[example] + 1 + random.nextInt(CLASSES - 1)) % CLASSES;
                    rows.add(new int[] {
                        example, annotator, random.nextDouble() < skills[annotator] ? truth[example] : wrong
                    });
                }
                double sum = 0;
                for (int label = 0; label < CLASSES; label++) {
                    probabilities[example][label] = random.nextDouble();
                    sum += probabilities[example][label];
                }
                for (int label = 0; label < CLASSES; label++) {
                    probabilities[example][label] /= sum;
                }
            }
            annotations = Annotations.of(CLASSES, ANNOTATORS, rows.toArray(new int[0][]));
            model = Predictions.of(probabilities);
        }

        double accuracy(Consensus consensus) {
            int right = 0;
            for (int example = 0; example < EXAMPLES; example++) {
                right += consensus.label(example) == truth[example] ? 1 : 0;
            }
            return (double) right / EXAMPLES;
        }
    }
}
