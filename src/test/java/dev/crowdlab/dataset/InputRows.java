package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.dataset.rejection.RejectedRow;
import dev.crowdlab.dataset.rejection.RejectedRows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Raw rows written by hand, which become a dataset as rows from a database would. */
public final class InputRows {

    public static final double NULL = PredictionBlock.NULL_PROBABILITY;

    private static final int ANY_BLOCK_SIZE = 3;

    private final List<Annotation> annotations = new ArrayList<>();
    private final List<Prediction> predictions = new ArrayList<>();
    private final List<Gold> gold = new ArrayList<>();
    private int mostRejected = RejectedRows.DEFAULT_KEPT;

    private record Annotation(String example, String annotator, String label, long time) {}

    /** With a label: one row per class, else one array per row. */
    private record Prediction(String example, String model, boolean isArray, String label, double... values) {}

    private record Gold(String example, String label) {}

    public static InputRules rules(String... classes) {
        return new InputRules(List.of(classes), MissingPrediction.REJECT, DuplicateAnnotation.LATEST);
    }

    /** An annotation without time. */
    public InputRows annotation(String example, String annotator, String label) {
        return annotation(example, annotator, label, AnnotationBlock.NO_TIME);
    }

    public InputRows annotation(String example, String annotator, String label, long time) {
        annotations.add(new Annotation(example, annotator, label, time));
        return this;
    }

    /** The probability of one class. */
    public InputRows prediction(String example, String model, String label, double probability) {
        predictions.add(new Prediction(example, model, false, label, probability));
        return this;
    }

    /** The probabilities of all classes in one array, or null in its place. */
    public InputRows array(String example, String model, double... probabilities) {
        predictions.add(new Prediction(example, model, true, null, probabilities));
        return this;
    }

    /** A usable prediction of the classes no and yes by model m. */
    public InputRows predicted(String example) {
        return prediction(example, "m", "no", 0.25).prediction(example, "m", "yes", 0.75);
    }

    /** The label that is right. */
    public InputRows gold(String example, String label) {
        gold.add(new Gold(example, label));
        return this;
    }

    int annotationCount() {
        return annotations.size();
    }

    int predictionCount() {
        return predictions.size();
    }

    /** So many rejected rows of a source and reason are kept. */
    public InputRows keeping(int rejected) {
        mostRejected = rejected;
        return this;
    }

    /** The same rows in another order. */
    public InputRows shuffled(Random random) {
        InputRows shuffled = new InputRows().keeping(mostRejected);
        shuffled.annotations.addAll(annotations);
        shuffled.predictions.addAll(predictions);
        Collections.shuffle(shuffled.annotations, random);
        Collections.shuffle(shuffled.predictions, random);
        shuffled.gold.addAll(gold);
        Collections.shuffle(shuffled.gold, random);
        return shuffled;
    }

    public Dataset dataset(InputRules rules) {
        return dataset(rules, ANY_BLOCK_SIZE);
    }

    public Dataset dataset(InputRules rules, int blockSize) {
        return Dataset.of(annotationRows(blockSize), predictionRows(blockSize), goldRows(blockSize), rules);
    }

    public AnnotationRows annotationRows(int blockSize) {
        AnnotationRows rows = emptyAnnotationRows();
        annotationBlocks(blockSize).forEach(rows::add);
        return rows;
    }

    AnnotationRows emptyAnnotationRows() {
        return new AnnotationRows(mostRejected);
    }

    List<AnnotationBlock> annotationBlocks(int blockSize) {
        List<AnnotationBlock> blocks = new ArrayList<>();
        for (int from = 0; from < annotations.size(); from += blockSize) {
            AnnotationBlock block = new AnnotationBlock(1);
            for (Annotation row : annotations.subList(from, Math.min(from + blockSize, annotations.size()))) {
                add(block.exampleIds(), row.example);
                add(block.annotatorIds(), row.annotator);
                add(block.labels(), row.label);
                block.annotatedAt().add(row.time);
                byte[] bytes = utf8(row.toString());
                block.digest().add(bytes, 0, bytes.length);
            }
            blocks.add(block);
        }
        return blocks;
    }

    public PredictionRows predictionRows(int blockSize) {
        PredictionRows rows = emptyPredictionRows();
        predictionBlocks(blockSize).forEach(rows::add);
        return rows;
    }

    PredictionRows emptyPredictionRows() {
        return new PredictionRows(mostRejected);
    }

    List<PredictionBlock> predictionBlocks(int blockSize) {
        List<PredictionBlock> blocks = new ArrayList<>();
        for (int from = 0; from < predictions.size(); from += blockSize) {
            List<Prediction> part = predictions.subList(from, Math.min(from + blockSize, predictions.size()));
            PredictionBlock block = new PredictionBlock(part.get(0).isArray, 1);
            part.forEach(row -> add(block, row));
            blocks.add(block);
        }
        return blocks;
    }

    /** None if no gold row was written. */
    public GoldRows goldRows(int blockSize) {
        GoldRows rows = emptyGoldRows();
        goldBlocks(blockSize).forEach(rows::add);
        return rows;
    }

    GoldRows emptyGoldRows() {
        return gold.isEmpty() ? GoldRows.none() : new GoldRows(mostRejected);
    }

    List<GoldBlock> goldBlocks(int blockSize) {
        List<GoldBlock> blocks = new ArrayList<>();
        for (int from = 0; from < gold.size(); from += blockSize) {
            GoldBlock block = new GoldBlock(1);
            for (Gold row : gold.subList(from, Math.min(from + blockSize, gold.size()))) {
                add(block.exampleIds(), row.example);
                add(block.labels(), row.label);
                byte[] bytes = utf8(row.toString());
                block.digest().add(bytes, 0, bytes.length);
            }
            blocks.add(block);
        }
        return blocks;
    }

    private static void add(PredictionBlock block, Prediction row) {
        add(block.exampleIds(), row.example);
        add(block.models(), row.model);
        if (row.isArray) {
            block.arrayLengths().add(row.values == null ? TextColumn.NULL : row.values.length);
        } else {
            add(block.labels(), row.label);
        }
        StringBuilder text = new StringBuilder(row.example + "|" + row.model + "|" + row.label);
        for (double value : row.values == null ? new double[0] : row.values) {
            block.probabilities().add(value);
            text.append(Double.doubleToRawLongBits(value));
        }
        byte[] bytes = utf8(text.toString());
        block.digest().add(bytes, 0, bytes.length);
    }

    private static void add(TextColumn column, String text) {
        if (text == null) {
            column.addNull();
        } else {
            // not at the start of the array, as in a message from the server
            byte[] bytes = utf8(text);
            byte[] message =
                    ByteBuffer.allocate(bytes.length + 5).position(4).put(bytes).array();
            column.add(message, 4, bytes.length);
        }
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The rejected rows in their order: source, example, annotator, model, label, reason and detail. */
    public static List<String> rejected(Dataset dataset) {
        return texts(dataset.rejected());
    }

    static List<String> texts(RejectedRows rejected) {
        List<String> rows = new ArrayList<>();
        for (RejectedRow row : rejected.rows()) {
            rows.add(row.source() + " " + row.exampleId() + " " + row.annotatorId() + " " + row.model() + " "
                    + row.label() + " " + row.reason() + ": " + row.detail());
        }
        return rows;
    }

    /** The analyzed annotations: example, annotator and label. */
    public static List<String> annotations(Dataset dataset) {
        List<String> rows = new ArrayList<>();
        for (int example = 0; example < dataset.annotations().exampleCount(); example++) {
            for (int position = dataset.annotations().start(example);
                    position < dataset.annotations().end(example);
                    position++) {
                rows.add(dataset.examples().text(example) + " "
                        + dataset.annotators().text(dataset.annotations().annotator(position)) + " "
                        + dataset.classes().text(dataset.annotations().label(position)));
            }
        }
        return rows;
    }

    /** The gold labels that could be used: example and label. */
    public static List<String> gold(Dataset dataset) {
        List<String> rows = new ArrayList<>();
        int[] gold = dataset.gold().toArray();
        for (int example = 0; example < gold.length; example++) {
            if (gold[example] != GoldLabels.UNKNOWN) {
                rows.add(dataset.examples().text(example) + " "
                        + dataset.classes().text(gold[example]));
            }
        }
        return rows;
    }

    /** What a model predicts for an example, in the order of the classes. */
    public static double[] probabilities(Dataset dataset, int model, int example) {
        double[] probabilities = new double[dataset.classes().size()];
        for (int label = 0; label < probabilities.length; label++) {
            probabilities[label] = dataset.predictions().probability(model, example, label);
        }
        return probabilities;
    }
}
