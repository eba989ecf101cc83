package dev.crowdlab.engine.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.SimulatedCrowd;
import dev.crowdlab.engine.pass.Predictions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often models that have seen the labels are found, and others are suspected, on simulated data sets; the page on studies has
 * the figures.
 */
@Tag("slow")
class EchoSimulationTest {

    private static final int DATA_SETS = 400;
    private static final int FOLDS = 10;
    private static final int NO_FOLDS = 0;
    private static final int NEIGHBORS = 5;

    @Test
    void thePageTellsHowOftenEchoesAreFound() throws IOException {
        int[][] found = new int[Model.values().length][Size.values().length];
        int[] dataSets = new int[Size.values().length];
        for (int number = 0; number < DATA_SETS; number++) {
            SimulatedCrowd.Errors[] errors = SimulatedCrowd.Errors.values();
            Features features = new Features(SimulatedCrowd.of(number, errors[number % errors.length], true), number);
            int size = Size.of(features.crowd).ordinal();
            dataSets[size]++;
            for (Model model : Model.values()) {
                found[model.ordinal()][size] += features.isFound(model) ? 1 : 0;
            }
        }
        List<String> lines = new ArrayList<>();
        for (Model model : Model.values()) {
            String shares = IntStream.range(0, dataSets.length)
                    .mapToObj(size -> found[model.ordinal()][size] + " of " + dataSets[size])
                    .reduce("", (before, share) -> before + " | " + share);
            lines.add(String.format(Locale.ROOT, "| %s%s |", model.description, shares));
        }
        assertThat(Files.readAllLines(Path.of("src", "site", "markdown", "studies.md")))
                .containsSubsequence(lines);
    }

    /** Annotations per example. */
    private enum Size {
        TWO(2),
        THREE(3),
        FIVE(5),
        EIGHT(8);

        private final int count;

        Size(int count) {
            this.count = count;
        }

        static Size of(SimulatedCrowd crowd) {
            int size = crowd.data().annotations().largestSize();
            return Arrays.stream(values())
                    .filter(value -> value.count == size)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Where predictions come from. */
    private enum Model {
        INDEPENDENT("knows the truth in 60 to 90 % of cases, guesses in the others"),
        LIKE_ANNOTATORS("the same, but errs to the class that annotators err to"),
        TRUTH("knows the truth"),
        OTHER_FOLDS("five nearest neighbors, cross-validated"),
        SAME_LABELS("five nearest neighbors, the example among them"),
        ECHO_75("the majority in 75 % of cases, the first model in the others"),
        ECHO_90("the majority in 90 % of cases, the first model in the others"),
        ECHO("the majority");

        private final String description;

        Model(String description) {
            this.description = description;
        }
    }

    /** Two numbers that tell of an example's class, though not for certain, and the class that most annotators gave. */
    private static final class Features {

        private static final double NOISE = 0.5;

        private final SimulatedCrowd crowd;
        private final int[] majority;
        private final double[][] places;
        private final Random random;

        Features(SimulatedCrowd crowd, long seed) {
            this.crowd = crowd;
            random = new Random(seed);
            majority = Crowdlab.analyze(
                            crowd.data().annotations(),
                            Predictions.none(crowd.truth().length, classCount()),
                            Options.defaults())
                    .majorityVote();
            places = new double[crowd.truth().length][];
            for (int example = 0; example < places.length; example++) {
                double angle = 2 * Math.PI * crowd.truth()[example] / classCount();
                places[example] = new double[] {
                    Math.cos(angle) + NOISE * random.nextGaussian(), Math.sin(angle) + NOISE * random.nextGaussian()
                };
            }
        }

        private int classCount() {
            return crowd.data().annotations().classCount();
        }

        boolean isFound(Model model) {
            int[] picks = IntStream.range(0, majority.length)
                    .map(example -> pick(model, example))
                    .toArray();
            double[] probabilities = new double[picks.length * classCount()];
            for (int example = 0; example < picks.length; example++) {
                probabilities[example * classCount() + picks[example]] = 1;
            }
            Predictions predictions = new Predictions(picks.length, classCount(), List.of(probabilities));
            return Crowdlab.analyze(crowd.data().annotations(), predictions, Options.defaults())
                    .review()
                    .echo(0)
                    .isPresent();
        }

        private int pick(Model model, int example) {
            return switch (model) {
                case INDEPENDENT -> crowd.data().predictions().mostProbable(0, example);
                case LIKE_ANNOTATORS -> {
                    int pick = crowd.data().predictions().mostProbable(0, example);
                    int truth = crowd.truth()[example];
                    yield pick == truth ? truth : (truth + 1) % classCount();
                }
                case TRUTH -> crowd.truth()[example];
                case OTHER_FOLDS -> nearest(example, FOLDS);
                case SAME_LABELS -> nearest(example, NO_FOLDS);
                case ECHO -> majority[example];
                case ECHO_75 -> random.nextDouble() < 0.75 ? majority[example] : pick(Model.INDEPENDENT, example);
                case ECHO_90 -> random.nextDouble() < 0.9 ? majority[example] : pick(Model.INDEPENDENT, example);
            };
        }

        /** Returns the class that most of the nearest examples have by majority, those of the same fold left out. */
        private int nearest(int example, int folds) {
            int[] neighbors = new int[NEIGHBORS];
            double[] distances = new double[NEIGHBORS];
            Arrays.fill(distances, Double.POSITIVE_INFINITY);
            for (int other = 0; other < places.length; other++) {
                double distance = distance(example, other);
                if (distance < distances[NEIGHBORS - 1] && (folds == NO_FOLDS || other % folds != example % folds)) {
                    int place = NEIGHBORS - 1;
                    for (; place > 0 && distances[place - 1] > distance; place--) {
                        distances[place] = distances[place - 1];
                        neighbors[place] = neighbors[place - 1];
                    }
                    distances[place] = distance;
                    neighbors[place] = other;
                }
            }
            int[] votes = new int[classCount()];
            int best = majority[neighbors[0]];
            for (int neighbor : neighbors) {
                votes[majority[neighbor]]++;
                best = votes[majority[neighbor]] > votes[best] ? majority[neighbor] : best;
            }
            return best;
        }

        private double distance(int example, int other) {
            double right = places[example][0] - places[other][0];
            double up = places[example][1] - places[other][1];
            return right * right + up * up;
        }
    }
}
