package dev.crowdlab.results.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Analysis;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How often a drift is found, by what the consensus is made of, which contains the vote of who drifts; the page on studies has the
 * table. Teams of 14 with about 20 labels a week each, 12 weeks; the first falls from 85 to 40 % right in the last two.
 */
class DriftPowerTest {

    private static final int TEAMS = 100;
    private static final int ANNOTATORS = 14;
    private static final int WEEKS = 12;
    private static final int TURN = 10;
    private static final int LABELS_PER_WEEK = 280;

    @Test
    void thePageTellsHowOftenADriftIsFound() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int classes : new int[] {6, 2}) {
            for (int size : new int[] {2, 3, 5}) {
                lines.add(line(classes, size));
            }
        }
        assertThat(Files.readAllLines(Path.of("src", "site", "markdown", "studies.md")))
                .containsSubsequence(lines);
    }

    private static String line(int classes, int size) {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %.0f %% | %.0f %% |",
                classes,
                size,
                found(classes, size, false),
                found(classes, size, true));
    }

    private static double found(int classes, int size, boolean withModel) {
        int found = 0;
        for (int team = 0; team < TEAMS; team++) {
            found += new Team(team, classes, size).isFound(withModel) ? 1 : 0;
        }
        return 100.0 * found / TEAMS;
    }

    private static final class Team {

        private final Random random;
        private final int classes;
        private final int perWeek;
        private final double[] skills;
        private final List<int[]> rows = new ArrayList<>();
        private final double[][] probabilities;

        Team(int seed, int classes, int size) {
            this.classes = classes;
            random = new Random(seed);
            skills = random.doubles(ANNOTATORS, 0.7, 0.9).toArray();
            perWeek = LABELS_PER_WEEK / size;
            probabilities = new double[WEEKS * perWeek][classes];
            for (int example = 0; example < probabilities.length; example++) {
                skills[0] = example / perWeek < TURN ? 0.85 : 0.4;
                int truth = random.nextInt(classes);
                for (int annotator : random.ints(0, ANNOTATORS)
                        .distinct()
                        .limit(size)
                        .sorted()
                        .toArray()) {
                    rows.add(new int[] {example, annotator, drawn(truth, skills[annotator])});
                }
                Arrays.fill(probabilities[example], 0.3 / (classes - 1));
                probabilities[example][drawn(truth, 0.8)] = 0.7;
            }
        }

        private int drawn(int truth, double skill) {
            return random.nextDouble() < skill ? truth : (truth + 1 + random.nextInt(classes - 1)) % classes;
        }

        boolean isFound(boolean withModel) {
            Annotations annotations = Annotations.of(classes, ANNOTATORS, rows.toArray(int[][]::new));
            Predictions predictions =
                    withModel ? Predictions.of(probabilities) : Predictions.none(probabilities.length, classes);
            Analysis analysis = Crowdlab.analyze(annotations, predictions, Options.defaults());
            long[] counts = new long[WEEKS];
            long[] agreeing = new long[WEEKS];
            for (int position = 0; position < annotations.annotationCount(); position++) {
                if (annotations.annotator(position) == 0) {
                    int example = annotations.example(position);
                    counts[example / perWeek] += 1;
                    agreeing[example / perWeek] +=
                            annotations.label(position) == analysis.published().label(example) ? 1 : 0;
                }
            }
            return new AgreementDrop(counts, agreeing, 0, TURN).isDrift()
                    || new AgreementDrop(counts, agreeing, 0, TURN + 1).isDrift();
        }
    }
}
