package dev.crowdlab.dataset;

import dev.crowdlab.engine.Annotations;
import dev.crowdlab.engine.InputRefusedException;
import dev.crowdlab.engine.PhaseEvent;
import dev.crowdlab.engine.Predictions;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/** Joins accepted annotations and predictions into a {@link Dataset}. */
final class DatasetAssembly {

    private static final String NO_PREDICTION = "the example has no usable prediction";
    private static final String NOT_EVERY_MODEL = "the example has no usable prediction of every model";
    /** The most elements of an array on every JVM. */
    private static final int MAX_CELLS = Integer.MAX_VALUE - 8;

    private final AnnotationRows annotationRows;
    private final PredictionRows predictionRows;
    private final InputRules rules;
    private final RejectedRows rejected = new RejectedRows();
    private final Classes classes;
    private final AcceptedAnnotations accepted;
    private final AcceptedPredictions predictions;
    /** Arrival index among the predictions of each example rank, or {@link IdIndex#ABSENT}. */
    private final int[] predicted;

    DatasetAssembly(AnnotationRows annotationRows, PredictionRows predictionRows, InputRules rules) {
        this.annotationRows = annotationRows;
        this.predictionRows = predictionRows;
        this.rules = rules;
        rejected.addAll(annotationRows.rejected);
        classes = Classes.of(rules, annotationRows, predictionRows);
        Beside<AcceptedPredictions> beside = new Beside<>(() -> measure(
                "acceptPredictions", () -> new AcceptedPredictions(predictionRows, classes, predictionRows.rejected)));
        accepted = measure(
                "acceptAnnotations",
                () -> new AcceptedAnnotations(annotationRows, classes, rules.duplicateAnnotation(), rejected));
        predictions = beside.result();
        rejected.addAll(predictionRows.rejected);
        predicted = measure("matchExamples", this::matchedExamples);
    }

    private <T> T measure(String phase, Supplier<T> work) {
        return PhaseEvent.measure(phase, annotationRows.examples.size(), annotationRows.example.size(), work);
    }

    private int[] matchedExamples() {
        return predictionRows.examples.findAll(annotationRows.examples, accepted.exampleOrder);
    }

    Dataset assemble() {
        return measure("assemble", this::dataset);
    }

    private Dataset dataset() {
        int[] examples = analysedExamples();
        Beside<Predictions> probabilities = new Beside<>(() -> matrices(predictedIndices(examples)));
        int[] annotators = usedAnnotators(examples);
        Annotations annotations = annotations(examples, annotators);
        int[] pool = unlabeledExamples();
        return new Dataset(
                Ids.of(annotationRows.examples, places(accepted.exampleOrder, examples)),
                Ids.of(annotationRows.annotators, places(accepted.annotatorOrder, annotators)),
                classes.ids(),
                Ids.of(predictionRows.models, predictions.modelOrder),
                annotations,
                probabilities.result(),
                new UnlabeledPool(Ids.of(predictionRows.examples, pool), matrices(pool)),
                rejected,
                new InputCounts(
                        annotationRows.rowsRead(),
                        predictionRows.rowsRead(),
                        accepted.collapsedCount(),
                        predictions.renormalizedCount(),
                        pool.length,
                        partlyPredictedCount(),
                        uniformCount(examples),
                        labeledCount() - examples.length,
                        annotationRows.newest()));
    }

    /** The ranks of the examples that have an accepted annotation and the predictions that the rules ask for. */
    private int[] analysedExamples() {
        IntArrayList examples = new IntArrayList(predicted.length);
        for (int example = 0; example < predicted.length; example++) {
            if (annotationCount(example) > 0) {
                if (isPredicted(example) || rules.missingPrediction() == MissingPrediction.UNIFORM) {
                    examples.add(example);
                } else {
                    refuse(example);
                }
            }
        }
        return examples.toIntArray();
    }

    private boolean isPredicted(int example) {
        boolean mustBe = rules.missingPrediction() == MissingPrediction.FAIL;
        return predictions.isComplete(predicted[example]) && !(mustBe && predictions.modelCount() == 0);
    }

    private int annotationCount(int example) {
        return accepted.offsets[example + 1] - accepted.offsets[example];
    }

    private void refuse(int example) {
        if (rules.missingPrediction() == MissingPrediction.FAIL) {
            throw new InputRefusedException("Example '"
                    + annotationRows.examples.text(accepted.exampleOrder[example])
                    + "' has annotations but no usable prediction of every model, and on-missing-prediction is fail;"
                    + " add the prediction or choose reject or uniform");
        }
        String detail = predictions.modelCount() > 1 ? NOT_EVERY_MODEL : NO_PREDICTION;
        for (int position = accepted.offsets[example]; position < accepted.offsets[example + 1]; position++) {
            accepted.refuse(position, Reason.NO_PREDICTION, detail);
        }
    }

    /** The ranks of the annotators with an annotation of these examples. */
    private int[] usedAnnotators(int[] examples) {
        BitSet used = new BitSet(accepted.annotatorOrder.length);
        for (int example : examples) {
            for (int position = accepted.offsets[example]; position < accepted.offsets[example + 1]; position++) {
                used.set(accepted.annotators[position]);
            }
        }
        return used.stream().toArray();
    }

    private Annotations annotations(int[] examples, int[] annotators) {
        int[] indexOfRank = new int[accepted.annotatorOrder.length];
        for (int annotator = 0; annotator < annotators.length; annotator++) {
            indexOfRank[annotators[annotator]] = annotator;
        }
        int[] offsets = new int[examples.length + 1];
        for (int example = 0; example < examples.length; example++) {
            offsets[example + 1] = offsets[example] + annotationCount(examples[example]);
        }
        int[] annotatorOf = new int[offsets[examples.length]];
        int[] labelOf = new int[offsets[examples.length]];
        int next = 0;
        for (int example : examples) {
            for (int position = accepted.offsets[example]; position < accepted.offsets[example + 1]; position++) {
                annotatorOf[next] = indexOfRank[accepted.annotators[position]];
                labelOf[next++] = accepted.label(position);
            }
        }
        return new Annotations(classes.count(), annotators.length, offsets, annotatorOf, labelOf);
    }

    private int[] predictedIndices(int[] examples) {
        int[] indices = new int[examples.length];
        for (int example = 0; example < indices.length; example++) {
            indices[example] = predicted[examples[example]];
        }
        return indices;
    }

    /** The matrices of examples given by their arrival indices among the predictions; uniform where there is none. */
    private Predictions matrices(int[] examples) {
        long cells = (long) examples.length * classes.count();
        if (cells > MAX_CELLS) {
            throw new InputRefusedException(examples.length + " examples × " + classes.count()
                    + " classes are more probabilities than one array holds; split the dataset or name fewer classes");
        }
        List<double[]> models = new ArrayList<>();
        for (int model = 0; model < predictions.modelCount(); model++) {
            double[] matrix = new double[(int) cells];
            for (int example = 0; example < examples.length; example++) {
                int at = example * classes.count();
                if (predictions.isUsable(examples[example], model)) {
                    predictions.take(examples[example], model, matrix, at);
                } else {
                    Arrays.fill(matrix, at, at + classes.count(), 1.0 / classes.count());
                }
            }
            models.add(matrix);
        }
        return new Predictions(examples.length, classes.count(), models);
    }

    /** The arrival indices, in code-point order of the ids, of examples that are predicted but not annotated. */
    private int[] unlabeledExamples() {
        BitSet labeled = labeledArrivals();
        IntArrayList unlabeled = new IntArrayList();
        for (int example = 0; example < predictionRows.examples.size(); example++) {
            if (!labeled.get(example) && predictions.isComplete(example)) {
                unlabeled.add(example);
            }
        }
        int[] sorted = unlabeled.toIntArray();
        predictionRows.examples.sort(sorted);
        return sorted;
    }

    private long partlyPredictedCount() {
        BitSet labeled = labeledArrivals();
        long count = 0;
        for (int example = 0; example < predictionRows.examples.size(); example++) {
            if (!labeled.get(example) && predictions.isPartial(example)) {
                count++;
            }
        }
        return count;
    }

    /** The arrival indices among the predictions of examples with an accepted annotation. */
    private BitSet labeledArrivals() {
        BitSet labeled = new BitSet(predictionRows.examples.size());
        for (int example = 0; example < predicted.length; example++) {
            if (predicted[example] != IdIndex.ABSENT && annotationCount(example) > 0) {
                labeled.set(predicted[example]);
            }
        }
        return labeled;
    }

    private long labeledCount() {
        long count = 0;
        for (int example = 0; example < predicted.length; example++) {
            count += annotationCount(example) > 0 ? 1 : 0;
        }
        return count;
    }

    private long uniformCount(int[] examples) {
        long count = 0;
        for (int example : examples) {
            if (!predictions.isComplete(predicted[example])) {
                count++;
            }
        }
        return count;
    }

    private static int[] places(int[] order, int[] ranks) {
        int[] places = new int[ranks.length];
        for (int index = 0; index < ranks.length; index++) {
            places[index] = order[ranks[index]];
        }
        return places;
    }
}
