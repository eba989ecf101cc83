package dev.crowdlab.dataset.rejection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.dataset.AnnotationBlock;
import dev.crowdlab.dataset.AnnotationRows;
import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.InputRows;
import dev.crowdlab.dataset.PredictionRows;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.engine.pass.UnusableInputException;
import dev.crowdlab.testing.Slow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random datasets with every kind of defect, their rows shuffled and cut into blocks in other ways. */
public class OrderIndependenceTest {

    private static final int DATASETS = Slow.cases(100, 300);
    private static final int SHUFFLES = Slow.cases(1, 4);
    private static final String[] LABELS = {"yes", "no", "\uD83D\uDE00", "\uFFFD", "maybe", "", null, "l".repeat(251)};
    private static final String[] IDS = {
        "e1", "e2", "e\t3", "e\n4", "'e5'", "\\e6", "\"7\"", "é8", "\uD83D\uDE00", "\uFFFD", "e11", "e12", "", null
    };
    private static final double[] PROBABILITIES = {
        0, 0.5, 0.5, 1, 0.4999, -1e-7, 1 + 1e-7, -0.0, 2, -1, Double.NaN, InputRows.NULL, Double.POSITIVE_INFINITY
    };

    private final Set<RejectionReason> seen = EnumSet.noneOf(RejectionReason.class);

    @Test
    void theOrderOfRowsAndTheirBlocksDoNotMatter() {
        for (long seed = 0; seed < DATASETS; seed++) {
            Random random = new Random(seed);
            InputRules rules = seed % 2 == 0 ? rules(random) : withAbstentions(rules(random));
            InputRows rows = rows(random);
            List<Object> expected = picture(rows, rules, 1 + random.nextInt(50));
            for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
                assertThat(picture(rows.shuffled(random), rules, 1 + random.nextInt(50)))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
        }
        assertThat(seen)
                .as("reasons that the random rows gave")
                .isEqualTo(EnumSet.complementOf(EnumSet.of( // rows here have no kind
                        RejectionReason.UNKNOWN_KIND, RejectionReason.CONFLICTING_KIND)));
    }

    private static InputRules withAbstentions(InputRules rules) {
        List<String> abstain = rules.classes().isEmpty() ? List.of("no", "maybe") : List.of("maybe", "\uFFFD");
        return new InputRules(
                rules.classes(),
                rules.missingPrediction(),
                rules.duplicateAnnotation(),
                rules.incompletePrediction(),
                null,
                new AnswerRules(AnswerScale.NOMINAL, abstain, false));
    }

    /** Random rules, the same for the same state of the generator. */
    public static InputRules rules(Random random) {
        return new InputRules(
                random.nextBoolean() ? List.of("yes", "no", "\uD83D\uDE00") : List.of(),
                MissingPrediction.values()[Math.max(0, random.nextInt(12) - 9)],
                DuplicateAnnotation.values()[Math.max(0, random.nextInt(8) - 5)]);
    }

    /** Random rows, which give every reason for rejection sooner or later. */
    public static InputRows rows(Random random) {
        InputRows rows = new InputRows();
        int defects = random.nextInt(4);
        for (int row = random.nextInt(80); row > 0; row--) {
            rows.annotation(
                    id(random, defects),
                    "a" + random.nextInt(3),
                    pick(random, LABELS, 3, defects),
                    random.nextInt(10) < defects ? AnnotationBlock.NO_TIME : random.nextInt(4));
        }
        if (random.nextBoolean()) {
            addLongPredictions(rows, random, defects);
        } else {
            addArrays(rows, random, defects);
        }
        for (int row = random.nextInt(20); row > 0; row--) {
            rows.gold(id(random, defects), pick(random, LABELS, 3, defects));
        }
        return rows;
    }

    private static void addLongPredictions(InputRows rows, Random random, int defects) {
        String[] models = random.nextBoolean() ? new String[] {"m"} : new String[] {"m", "\uFFFD", "\uD83D\uDE00"};
        for (String example : IDS) {
            for (String model : models) {
                for (int label = 0; label < 3 && random.nextInt(60) >= defects; label++) {
                    rows.prediction(example, model, LABELS[label], label == 2 ? 0 : 0.5);
                }
                for (int row = random.nextInt(20) < defects ? 3 : 0; row > 0; row--) {
                    rows.prediction(id(random, defects), model, pick(random, LABELS, 3, 9), probability(random));
                    rows.prediction(example, model, "yes", probability(random));
                }
            }
        }
    }

    private static void addArrays(InputRows rows, Random random, int defects) {
        for (String example : IDS) {
            double[] usual = {random.nextInt(20) < defects ? probability(random) : 0.5, 0.5, 0};
            rows.array(example, "m", usual);
            for (int row = random.nextInt(10) < defects ? 3 : 0; row > 0; row--) {
                double[] values = new double[random.nextInt(5)];
                Arrays.setAll(values, element -> probability(random));
                rows.array(id(random, defects), "m", values.length == 0 && random.nextBoolean() ? null : values);
                rows.array(example, "m", values.length == 1 ? usual : values);
            }
        }
    }

    private static double probability(Random random) {
        return PROBABILITIES[random.nextInt(PROBABILITIES.length)];
    }

    private static String id(Random random, int defects) {
        String id = random.nextInt(20) < defects ? IDS[IDS.length - 1 - random.nextInt(2)] : IDS[random.nextInt(12)];
        return random.nextInt(40) < defects ? id + "x".repeat(999) : id;
    }

    private static String pick(Random random, String[] texts, int usual, int defects) {
        return random.nextInt(20) < defects ? texts[random.nextInt(texts.length)] : texts[random.nextInt(usual)];
    }

    /** Everything about the dataset, or why there is none. */
    private List<Object> picture(InputRows rows, InputRules rules, int blockSize) {
        AnnotationRows annotations = rows.annotationRows(blockSize);
        PredictionRows predictions = rows.predictionRows(blockSize);
        List<Object> picture = new ArrayList<>();
        picture.add(digest(annotations.digest()));
        picture.add(digest(predictions.digest()));
        try {
            Dataset dataset = Dataset.of(annotations, predictions, rows.goldRows(blockSize), rules);
            assertEveryRowIsAccountedFor(dataset);
            picture.add(dataset.examples().texts());
            picture.add(dataset.annotators().texts());
            picture.add(dataset.classes().texts());
            picture.add(IntStream.range(0, dataset.annotators().size())
                    .map(dataset.habits()::abstained)
                    .boxed()
                    .toList());
            picture.add(dataset.models().texts());
            picture.add(InputRows.annotations(dataset));
            picture.add(InputRows.gold(dataset));
            picture.add(bits(dataset));
            picture.add(dataset.unlabeled().examples().texts());
            picture.add(InputRows.rejected(dataset));
            picture.add(dataset.counts());
        } catch (UnusableInputException e) {
            picture.add(e.getMessage());
        }
        return picture;
    }

    private void assertEveryRowIsAccountedFor(Dataset dataset) {
        long refused = 0;
        for (RejectedRows.Count count : dataset.rejected().counts()) {
            refused += count.source() == InputKind.ANNOTATION ? count.rowCount() : 0;
            seen.add(count.reason());
        }
        long leftOut = dataset.habits().abstained()
                - dataset.rejected().count(InputKind.ANNOTATION, RejectionReason.ONLY_ABSTENTIONS);
        assertThat(dataset.annotations().annotationCount() + dataset.counts().collapsed() + refused + leftOut)
                .isEqualTo(dataset.counts().annotationRows());
        for (int example = 0; example < dataset.examples().size(); example++) {
            for (int model = 0; model < dataset.models().size(); model++) {
                double sum = 0;
                for (double probability : InputRows.probabilities(dataset, model, example)) {
                    sum += probability;
                }
                assertThat(Math.abs(sum - 1)).isLessThanOrEqualTo(1e-6);
            }
        }
    }

    private static List<Byte> digest(RowDigest digest) {
        List<Byte> bytes = new ArrayList<>();
        for (byte value : digest.toBytes()) {
            bytes.add(value);
        }
        return bytes;
    }

    private static List<Long> bits(Dataset dataset) {
        List<Long> bits = new ArrayList<>();
        for (int model = 0; model < dataset.models().size(); model++) {
            for (int example = 0; example < dataset.examples().size(); example++) {
                for (double probability : InputRows.probabilities(dataset, model, example)) {
                    bits.add(Double.doubleToRawLongBits(probability));
                }
            }
        }
        return bits;
    }
}
