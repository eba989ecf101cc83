package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.rejection.IncompletePrediction;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.RejectedRowDraft;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.UnusableInputException;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The usable predictions. For each example and model every class has exactly one probability (or at most one, if the
 * rest is spread) and they sum to 1; otherwise all rows of that example and model are rejected. Examples are numbered
 * in order of arrival, models by the code-point order of their names.
 */
@NotThreadSafe
final class AcceptedPredictions {

    /** A limit on the number of models, since a column that contains something else would require unbounded memory. */
    private static final int MAX_MODELS = 1_000;

    private static final int[] NONE = {};

    private final PredictionRows rows;
    private final Classes classes;
    private final int classCount;

    /** Arrival indices of the models in code-point order. */
    final int[] modelOrder;

    private final int[] modelRank;
    /** The rows of example e and model m are at starts[e * R + m] .. starts[e * R + m + 1] of grouped. */
    private int[] starts;

    private int[] grouped;
    private final BitSet usable;
    private final ModelCounts counts;
    private long renormalizedCount;

    AcceptedPredictions(PredictionRows rows, Classes classes, IncompletePrediction incomplete) {
        this.rows = rows;
        this.classes = classes;
        classCount = classes.count();
        modelOrder = rows.models.order();
        modelRank = AcceptedAnnotations.inverse(modelOrder);
        int groupCount = groupCount(rows.examples.size(), modelOrder.length);
        starts = new int[groupCount + 1];
        grouped = new int[rows.example.size()];
        usable = new BitSet(groupCount);
        counts = new ModelCounts(
                modelOrder.length, rows.isArrays() ? 1 : Math.max(1, classCount), rows.rejected.count());
        group();
        validate(
                rows.isArrays()
                        ? new RowPerExampleCheck(rows, classes)
                        : new RowPerClassCheck(rows, classes, incomplete));
        rows.forgetExamples();
    }

    private static int groupCount(int exampleCount, int modelCount) {
        if (modelCount > MAX_MODELS || (long) exampleCount * modelCount >= Integer.MAX_VALUE) {
            throw new UnusableInputException("There are predictions of " + modelCount + " models, at most " + MAX_MODELS
                    + " are taken; does the column model hold something else?");
        }
        return exampleCount * modelCount;
    }

    int modelCount() {
        return modelOrder.length;
    }

    /** The numbers of predictions by model. */
    ModelCounts counts() {
        return counts;
    }

    /** Whether the example (arrival index, {@link IdDictionary#ABSENT}: none) has a usable prediction of the model. */
    boolean isUsable(int example, int model) {
        return example != IdDictionary.ABSENT && usable.get(example * modelOrder.length + model);
    }

    /** Whether the example has a usable prediction of every model. */
    boolean isComplete(int example) {
        if (modelOrder.length == 0) {
            return !rows.anyRead();
        }
        for (int model = 0; model < modelOrder.length; model++) {
            if (!isUsable(example, model)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the example has a usable prediction of some models, but not of every one. */
    boolean isPartial(int example) {
        int from = example * modelOrder.length;
        int usableCount = usable.get(from, from + modelOrder.length).cardinality();
        return usableCount > 0 && usableCount < modelOrder.length;
    }

    /**
     * Whether all usable predictions are arrays of one model, which are stored in chunks and can be turned into the
     * matrix in place.
     */
    boolean isArranged() {
        return modelOrder.length == 1
                && rows.isArrays()
                && classCount > 0
                && rows.probabilities.rowLength() == classCount;
    }

    /**
     * Permutes the rows of an {@linkplain #isArranged arranged} dataset to those of these examples. All other rows are
     * dropped.
     *
     * @param examples arrival indices; an example without a usable prediction gets a uniform row
     */
    ProbabilityRows arrange(int[] examples) {
        int[] sources = new int[examples.length];
        for (int place = 0; place < sources.length; place++) {
            sources[place] = isUsable(examples[place], 0) ? grouped[starts[examples[place]]] : ProbabilityRows.UNIFORM;
        }
        grouped = NONE;
        starts = NONE;
        rows.probabilities.arrange(sources);
        for (int place = 0; place < sources.length; place++) {
            normalize(rows.probabilities.array(place), rows.probabilities.start(place));
        }
        return rows.probabilities;
    }

    /**
     * Writes a usable prediction, clamped and normalized, to target[at .. at + K). Must be called only once, since its
     * rows are released.
     */
    void take(int example, int model, double[] target, int at) {
        int group = example * modelOrder.length + model;
        if (rows.isArrays()) {
            rows.probabilities.take(grouped[starts[group]], target, at);
        } else {
            boolean isIncomplete = starts[group + 1] - starts[group] < classCount;
            if (isIncomplete) {
                Arrays.fill(target, at, at + classCount, Double.NaN);
            }
            for (int place = starts[group]; place < starts[group + 1]; place++) {
                int row = grouped[place];
                target[at + classes.ofPredictionLabel(rows.label.get(row))] = rows.probabilities.take(row, 0);
            }
            if (isIncomplete) {
                Probabilities.spread(target, at, classCount);
            }
        }
        normalize(target, at);
    }

    private void normalize(double[] target, int at) {
        if (Probabilities.normalize(target, at, classCount)) {
            renormalizedCount++;
        }
    }

    /** Number of predictions returned by {@link #take} and {@link #arrange} that were divided by their sum. */
    long renormalizedCount() {
        return renormalizedCount;
    }

    /** Counting sort of the rows by example and model. */
    private void group() {
        int rowCount = rows.example.size();
        for (int row = 0; row < rowCount; row++) {
            starts[groupOf(row)]++;
        }
        for (int group = 1; group < starts.length; group++) {
            starts[group] += starts[group - 1];
        }
        for (int row = rowCount - 1; row >= 0; row--) {
            grouped[--starts[groupOf(row)]] = row;
        }
    }

    private int groupOf(int row) {
        return rows.example.get(row) * modelOrder.length + modelRank[rows.model(row)];
    }

    private void validate(PredictionCheck check) {
        for (int group = 0; group + 1 < starts.length; group++) {
            int from = starts[group];
            int to = starts[group + 1];
            if (from < to && check.isUsable(grouped, from, to)) {
                usable.set(group);
                counts.addUsable(group % modelOrder.length);
            } else if (from < to) {
                IntArrays.quickSort(grouped, from, to, check::compareContent);
                PredictionCheck.Rejection rejection = check.rejection(grouped, from, to);
                counts.addRejected(group % modelOrder.length, rejection.reason());
                for (int place = from; place < to; place++) {
                    reject(grouped[place], rejection);
                }
            }
        }
    }

    private void reject(int row, PredictionCheck.Rejection rejection) {
        RejectedRowDraft draft = rows.rejected
                .draft(InputKind.PREDICTION, rejection.reason())
                .exampleId(rows.examples, rows.example.get(row))
                .model(rows.models, rows.model(row));
        if (!rows.isArrays() && rows.label.get(row) != PredictionRows.NO_LABEL) {
            draft.label(rows.labels, rows.label.get(row));
        }
        rows.rejected.add(draft, rejection.detail());
    }
}
