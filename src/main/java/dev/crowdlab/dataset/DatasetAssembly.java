package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.PhaseEvent;
import dev.crowdlab.engine.pass.UnusableInputException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Supplier;

/** Joins accepted annotations, predictions and gold into a {@link Dataset}. */
final class DatasetAssembly {

    private final AnnotationRows annotationRows;
    private final PredictionRows predictionRows;
    private final GoldRows goldRows;
    private final InputRules rules;
    private final Classes classes;
    private final AcceptedAnnotations accepted;
    private final AcceptedPredictions predictions;
    private final IdList models;
    private final MissingModels.ByExample missing;
    private final AcceptedGold gold;
    /** For each example by arrival, its arrival index among the predictions, or {@link IdDictionary#ABSENT}. */
    private final int[] predicted;

    private final boolean isPart;
    private final Optional<Instant> newest;

    /**
     * Joins the rows.
     *
     * @param isPart whether there may be more examples elsewhere, labeled by annotators who only have habits here
     */
    DatasetAssembly(
            AnnotationRows annotationRows,
            PredictionRows predictionRows,
            GoldRows goldRows,
            InputRules rules,
            boolean isPart) {
        this.isPart = isPart;
        this.annotationRows = annotationRows;
        this.predictionRows = predictionRows;
        this.goldRows = goldRows;
        this.rules = rules;
        classes = Classes.of(rules, annotationRows, predictionRows, goldRows);
        newest = annotationRows.newest();
        gold = new AcceptedGold(goldRows, classes, annotationRows.examples.findAll(goldRows.examples));
        predicted = measure("matchExamples", this::matchedExamples);
        try (BackgroundTask<AcceptedPredictions> beside = new BackgroundTask<>(() -> measure(
                "acceptPredictions",
                () -> new AcceptedPredictions(predictionRows, classes, rules.incompletePrediction())))) {
            accepted = measure("acceptAnnotations", () -> new AcceptedAnnotations(annotationRows, classes, rules));
            predictions = beside.result();
        }
        models = IdList.of(predictionRows.models, predictions.modelOrder);
        missing = new MissingModels.ByExample(predictions, models);
        if (rules.classes().isEmpty()
                && predictionRows.rejected.count(InputKind.PREDICTION, RejectionReason.INCOMPLETE_PREDICTION) > 0) {
            annotationRows.rejected.setSuspectLabel(classes.suspectLabel(annotationRows, predictionRows));
        }
    }

    private <T> T measure(String phase, Supplier<T> work) {
        return PhaseEvent.measure(phase, annotationRows.examples.size(), annotationRows.example.size(), work);
    }

    private int[] matchedExamples() {
        annotationRows.examples.endLookUps();
        int[] found = predictionRows.examples.findAll(annotationRows.examples);
        predictionRows.examples.endLookUps();
        return found;
    }

    /** The arrival index among the predictions of the example of this rank, or {@link IdDictionary#ABSENT}. */
    private int predicted(int example) {
        return predicted[accepted.exampleOrder[example]];
    }

    Dataset assemble() {
        return measure("assemble", this::dataset);
    }

    private Dataset dataset() {
        countLabeled();
        int[] examples = analyzedExamples();
        int[] pool = unlabeledExamples();
        RejectedRows rejected = annotationRows.rejected;
        rejected.takeOver(predictionRows.rejected);
        int[] arrivals = places(accepted.exampleOrder, examples);
        GoldLabels goldLabels = gold.of(arrivals, accepted.exampleOrder.length);
        rejected.takeOver(goldRows.rejected);
        try (BackgroundTask<PredictionMatrices> beside = new BackgroundTask<>(
                () -> PredictionMatrices.of(predictions, classes.count(), predictedIndices(examples), pool))) {
            int[] annotators = accepted.annotators(examples, isPart);
            Annotations annotations = annotations(examples, annotators);
            PredictionMatrices matrices = beside.result();
            int[] annotatorArrivals = places(accepted.annotatorOrder, annotators);
            return new Dataset(
                    IdList.of(annotationRows.examples, arrivals),
                    IdList.of(annotationRows.annotators, annotatorArrivals),
                    annotationRows.kinds.of(annotatorArrivals),
                    classes.ids(),
                    models,
                    annotations,
                    times(examples),
                    accepted.habits(annotators, examples),
                    matrices.examples(),
                    new UnlabeledPool(IdList.of(predictionRows.examples, pool), matrices.pool()),
                    goldLabels,
                    rejected,
                    counts(examples, pool),
                    predictions.counts());
        }
    }

    private InputCounts counts(int[] examples, int[] pool) {
        return new InputCounts(
                annotationRows.rowsRead(),
                predictionRows.rowsRead(),
                goldRows.digest().rowCount(),
                accepted.collapsedCount(),
                predictions.renormalizedCount(),
                pool.length,
                partlyPredictedCount(),
                uniformCount(examples),
                predictions.counts().labeledExamples() - examples.length,
                newest.orElse(null));
    }

    /** The ranks of the examples that have an accepted annotation and the predictions that the rules require. */
    private int[] analyzedExamples() {
        IntArrayList examples = new IntArrayList(predicted.length);
        for (int example = 0; example < predicted.length; example++) {
            if (annotationCount(example) > 0) {
                if (isPredicted(example) || rules.missingPrediction() == MissingPrediction.UNIFORM) {
                    examples.add(example);
                } else {
                    reject(example);
                }
            }
        }
        return examples.toIntArray();
    }

    private boolean isPredicted(int example) {
        boolean mustBe = rules.missingPrediction() == MissingPrediction.FAIL;
        return predictions.isComplete(predicted(example)) && !(mustBe && predictions.modelCount() == 0);
    }

    private int annotationCount(int example) {
        return accepted.offsets[example + 1] - accepted.offsets[example];
    }

    private void reject(int example) {
        if (rules.missingPrediction() == MissingPrediction.FAIL) {
            throw new UnusableInputException("Example '"
                    + annotationRows.examples.text(accepted.exampleOrder[example])
                    + "' has annotations but no usable prediction of every model, and on-missing-prediction is fail;"
                    + " add the prediction or choose reject or uniform");
        }
        MissingModels lacking = missing.of(predicted(example));
        for (int position = accepted.offsets[example]; position < accepted.offsets[example + 1]; position++) {
            accepted.rejectUnpredicted(example, position, lacking);
        }
    }

    /** Overwrites the row array in place; safe, because an annotation is never written beyond the row it comes from. */
    private Annotations annotations(int[] examples, int[] annotators) {
        int[] indexOfRank = new int[accepted.annotatorOrder.length];
        for (int annotator = 0; annotator < annotators.length; annotator++) {
            indexOfRank[annotators[annotator]] = annotator;
        }
        int[] offsets = new int[examples.length + 1];
        for (int example = 0; example < examples.length; example++) {
            offsets[example + 1] = offsets[example] + annotationCount(examples[example]);
        }
        int[] annotatorOf = accepted.giveUpRows();
        int[] labelOf = new int[offsets[examples.length]];
        int next = 0;
        for (int example : examples) {
            for (int position = accepted.offsets[example]; position < accepted.offsets[example + 1]; position++) {
                labelOf[next] = accepted.label(position);
                annotatorOf[next++] = indexOfRank[accepted.annotator(position)];
            }
        }
        annotationRows.forgetRows();
        annotatorOf = next == annotatorOf.length ? annotatorOf : Arrays.copyOf(annotatorOf, next);
        return new Annotations(classes.count(), annotators.length, offsets, annotatorOf, labelOf);
    }

    /** In the array of the accepted ones: an annotation's place among these examples never stands behind its own. */
    private AnnotationTimes times(int[] examples) {
        long[] times = accepted.giveUpTimes();
        if (times.length == 0) {
            return AnnotationTimes.NONE;
        }
        int next = 0;
        for (int example : examples) {
            int from = accepted.offsets[example];
            int count = annotationCount(example);
            System.arraycopy(times, from, times, next, count);
            next += count;
        }
        return new AnnotationTimes(next == times.length ? times : Arrays.copyOf(times, next));
    }

    private int[] predictedIndices(int[] examples) {
        int[] indices = new int[examples.length];
        for (int example = 0; example < indices.length; example++) {
            indices[example] = predicted(examples[example]);
        }
        return indices;
    }

    /** The arrival indices, in code-point order of the ids, of examples that have predictions but no annotations. */
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
            if (predicted(example) != IdDictionary.ABSENT && annotationCount(example) > 0) {
                labeled.set(predicted(example));
            }
        }
        return labeled;
    }

    /** Counts the examples with an accepted annotation, and those of them that each model has predicted. */
    private void countLabeled() {
        long count = 0;
        for (int example = 0; example < predicted.length; example++) {
            if (annotationCount(example) > 0) {
                count++;
                for (int model = 0; model < models.size(); model++) {
                    if (predictions.isUsable(predicted(example), model)) {
                        predictions.counts().addLabeled(model);
                    }
                }
            }
        }
        predictions.counts().setLabeledExamples(count);
    }

    private long uniformCount(int[] examples) {
        long count = 0;
        for (int example : examples) {
            if (!predictions.isComplete(predicted(example))) {
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
