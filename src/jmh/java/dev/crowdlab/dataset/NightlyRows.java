package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.RejectedRows;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Rows as a night reads them, the same for the same shape: the examples' ids are bigints as text, the annotators' UUIDs,
 * three annotations of an example stand together, and one model predicts an array of probabilities per example. Immutable.
 */
public final class NightlyRows {

    /** Annotations of an example. */
    public static final int SIZE = 3;

    private static final long SEED = 20_230_127;
    private static final long FIRST_EXAMPLE_ID = 40_000_000;
    private static final double ACCURACY = 0.7;
    private static final byte[] MODEL = utf8("baseline");

    private final byte[][] annotatorIds;
    private final byte[][] labels;
    /** Annotator and class of each annotation. */
    private final int[] annotatorOf;

    private final int[] labelOf;

    /** Makes the rows of so many examples, annotators (at least 3) and classes. */
    public NightlyRows(int exampleCount, int annotatorCount, int classCount) {
        SplittableRandom random = new SplittableRandom(SEED);
        annotatorIds = new byte[annotatorCount][];
        for (int annotator = 0; annotator < annotatorCount; annotator++) {
            annotatorIds[annotator] = utf8(new UUID(random.nextLong(), random.nextLong()).toString());
        }
        labels = new byte[classCount][];
        for (int label = 0; label < classCount; label++) {
            labels[label] = utf8(String.format(Locale.ROOT, "class-%02d", label));
        }
        annotatorOf = new int[exampleCount * SIZE];
        labelOf = new int[annotatorOf.length];
        for (int row = 0; row < annotatorOf.length; row += SIZE) {
            int first = random.nextInt(annotatorCount);
            int truth = random.nextInt(classCount);
            for (int place = 0; place < SIZE; place++) {
                annotatorOf[row + place] = (first + place * (annotatorCount / SIZE)) % annotatorCount;
                labelOf[row + place] = random.nextDouble() < ACCURACY ? truth : random.nextInt(classCount);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the number of annotations. */
    public int annotationCount() {
        return annotatorOf.length;
    }

    /** Returns the id of the example; examples ascend. */
    public byte[] exampleId(int example) {
        return utf8(Long.toString(FIRST_EXAMPLE_ID + example));
    }

    /** Returns the annotator's id of the annotation. */
    public byte[] annotatorId(int annotation) {
        return annotatorIds[annotatorOf[annotation]];
    }

    /** Returns the label of the annotation. */
    public byte[] label(int annotation) {
        return labels[labelOf[annotation]];
    }

    /** Returns the model's name. */
    public byte[] model() {
        return MODEL;
    }

    /** Returns what the model predicts for the example: [classes] probabilities that sum to 1. */
    public double[] probabilities(int example) {
        double[] probabilities = new double[labels.length];
        for (int label = 0; label < labels.length; label++) {
            probabilities[label] = 0.5 / labels.length;
        }
        probabilities[labelOf[example * SIZE]] += 0.5;
        return probabilities;
    }

    /** Returns the dataset of these rows. */
    public Dataset dataset(InputRules rules) {
        AnnotationBlock annotations = new AnnotationBlock(annotationCount());
        PredictionBlock predictions = new PredictionBlock(true, annotationCount() / SIZE);
        for (int annotation = 0; annotation < annotationCount(); annotation++) {
            add(annotations.exampleIds(), exampleId(annotation / SIZE));
            add(annotations.annotatorIds(), annotatorId(annotation));
            add(annotations.labels(), label(annotation));
            annotations.annotatedAt().add(annotation);
        }
        for (int example = 0; example < annotationCount() / SIZE; example++) {
            add(predictions.exampleIds(), exampleId(example));
            add(predictions.models(), MODEL);
            predictions.arrayLengths().add(labels.length);
            for (double probability : probabilities(example)) {
                predictions.probabilities().add(probability);
            }
        }
        AnnotationRows annotationRows = new AnnotationRows(RejectedRows.DEFAULT_KEPT);
        annotationRows.add(annotations);
        PredictionRows predictionRows = new PredictionRows(RejectedRows.DEFAULT_KEPT);
        predictionRows.add(predictions);
        return Dataset.of(annotationRows, predictionRows, GoldRows.none(), rules);
    }

    public static void add(TextColumn column, byte[] text) {
        column.add(text, 0, text.length);
    }
}
