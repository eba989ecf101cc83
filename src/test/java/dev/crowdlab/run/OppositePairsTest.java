package dev.crowdlab.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.agreement.AnnotatorPairs;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.run.AgreementMetrics.Opposite;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** 100 simulated data sets of each kind: 400 examples of three classes, each labeled by 5 of 10 annotators. */
class OppositePairsTest {

    private static final int DATA_SETS = 100;
    private static final int EXAMPLES = 400;
    private static final int CLASS_COUNT = 3;

    /** What an annotator answers to the truth. */
    private interface Answer {

        int to(int truth, Random random);
    }

    private static int mostly(int label, double share, Random random) {
        return random.nextDouble() < share ? label : random.nextInt(CLASS_COUNT);
    }

    /** Two who answer so, the others are right in 80 % of cases and guess otherwise. */
    private static List<Opposite> found(long seed, Answer first, Answer second) {
        Random random = new Random(seed);
        List<int[]> rows = new ArrayList<>();
        for (int example = 0; example < EXAMPLES; example++) {
            int truth = random.nextInt(CLASS_COUNT);
            for (int annotator : random.ints(0, 10).distinct().limit(5).sorted().toArray()) {
                int label =
                        switch (annotator) {
                            case 0 -> first.to(truth, random);
                            case 1 -> second.to(truth, random);
                            default -> mostly(truth, 0.8, random);
                        };
                rows.add(new int[] {example, annotator, label});
            }
        }
        Annotations annotations = Annotations.of(CLASS_COUNT, 10, rows.toArray(new int[0][]));
        AnnotatorPairs pairs = Crowdlab.analyze(
                        annotations, Predictions.none(EXAMPLES, CLASS_COUNT), Options.defaults())
                .agreement()
                .pairs();
        return new OppositePairs(pairs, 10, annotator -> "a" + annotator).widest();
    }

    private static List<List<Opposite>> found(Answer first, Answer second) {
        return IntStream.range(0, DATA_SETS)
                .mapToObj(seed -> found(seed, first, second))
                .toList();
    }

    @Test
    void twoWhoGuessWithDifferentFavoriteClassesAreNotNamed() {
        List<List<Opposite>> found =
                found((truth, random) -> mostly(0, 0.7, random), (truth, random) -> mostly(2, 0.7, random));
        assertThat(found.stream().filter(opposites -> !opposites.isEmpty())).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void oneWhoTakesOneClassForAnotherIsNamed() {
        List<List<Opposite>> found = found(
                (truth, random) -> mostly((truth + 1) % CLASS_COUNT, 0.8, random),
                (truth, random) -> mostly(truth, 0.8, random));
        assertThat(found.stream()
                        .filter(opposites -> opposites.size() == 1
                                && opposites.get(0).annotator().equals("a0")
                                && opposites.get(0).agreement()
                                        < opposites.get(0).chance()))
                .hasSizeGreaterThanOrEqualTo(95);
    }
}
