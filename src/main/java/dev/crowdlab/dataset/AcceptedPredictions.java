package dev.crowdlab.dataset;

import dev.crowdlab.engine.InputRefusedException;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.BitSet;

/**
 * The usable predictions: of each example and model either every class has exactly one probability and they sum to 1, or
 * all rows of that example and model are refused. Examples are numbered in order of arrival, models by the code-point
 * order of their names.
 */
final class AcceptedPredictions {

    /** More models than anybody averages: a column that holds something else would ask for unbounded memory. */
    private static final int MAX_MODELS = 1_000;

    private final PredictionRows rows;
    private final Classes classes;
    private final RejectedRows rejected;
    private final int classCount;

    /** Arrival indices of the models in code-point order. */
    final int[] modelOrder;

    private final int[] modelRank;
    /** The rows of example e and model m stand at ends[e * R + m] .. ends[e * R + m + 1] of grouped. */
    private final int[] ends;

    private final int[] grouped;
    private final BitSet usable;
    private long renormalizedCount;

    AcceptedPredictions(PredictionRows rows, Classes classes, RejectedRows rejected) {
        this.rows = rows;
        this.classes = classes;
        this.rejected = rejected;
        classCount = classes.count();
        modelOrder = rows.models.order();
        modelRank = AcceptedAnnotations.inverse(modelOrder);
        int groupCount = groupCount(rows.examples.size(), modelOrder.length);
        ends = new int[groupCount + 1];
        grouped = new int[rows.example.size()];
        usable = new BitSet(groupCount);
        group();
        validate();
    }

    private static int groupCount(int exampleCount, int modelCount) {
        if (modelCount > MAX_MODELS || (long) exampleCount * modelCount >= Integer.MAX_VALUE) {
            throw new InputRefusedException("There are predictions of " + modelCount + " models, at most " + MAX_MODELS
                    + " are taken; does the column model hold something else?");
        }
        return exampleCount * modelCount;
    }

    int modelCount() {
        return modelOrder.length;
    }

    /** Whether the example (arrival index, {@link IdIndex#ABSENT}: none) has a usable prediction of the model. */
    boolean isUsable(int example, int model) {
        return example != IdIndex.ABSENT && usable.get(example * modelOrder.length + model);
    }

    /** Whether the example has a usable prediction of every model. */
    boolean isComplete(int example) {
        if (modelOrder.length == 0) {
            return rows.rowsRead() == 0;
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

    /** Writes a usable prediction, clamped and normalised, to target[at .. at + K), once: its rows are given up. */
    void take(int example, int model, double[] target, int at) {
        int group = example * modelOrder.length + model;
        if (rows.isArrays()) {
            rows.probabilities.take(grouped[ends[group]], target, at);
        } else {
            for (int place = ends[group]; place < ends[group + 1]; place++) {
                int row = grouped[place];
                target[at + classes.ofPredictionLabel(rows.label.getInt(row))] = rows.probabilities.take(row, 0);
            }
        }
        if (Probabilities.normalize(target, at, classCount)) {
            renormalizedCount++;
        }
    }

    /** How many predictions that {@link #take} gave were divided by their sum. */
    long renormalizedCount() {
        return renormalizedCount;
    }

    /** Counting sort of the rows by example and model; afterwards ends holds the start of each group. */
    private void group() {
        int rowCount = rows.example.size();
        for (int row = 0; row < rowCount; row++) {
            ends[groupOf(row) + 1]++;
        }
        for (int group = 1; group < ends.length; group++) {
            ends[group] += ends[group - 1];
        }
        int[] next = ends.clone();
        for (int row = 0; row < rowCount; row++) {
            grouped[next[groupOf(row)]++] = row;
        }
    }

    private int groupOf(int row) {
        return rows.example.getInt(row) * modelOrder.length + modelRank[rows.model(row)];
    }

    private void validate() {
        PredictionCheck check =
                rows.isArrays() ? new ArrayPredictionCheck(rows, classes) : new LongPredictionCheck(rows, classes);
        for (int group = 0; group + 1 < ends.length; group++) {
            int from = ends[group];
            int to = ends[group + 1];
            if (from < to && check.isUsable(grouped, from, to)) {
                usable.set(group);
            } else if (from < to) {
                IntArrays.quickSort(grouped, from, to, check::compareContent);
                PredictionCheck.Finding finding = check.finding(grouped, from, to);
                for (int place = from; place < to; place++) {
                    refuse(grouped[place], finding);
                }
            }
        }
    }

    private void refuse(int row, PredictionCheck.Finding finding) {
        rejected.begin(InputSource.PREDICTION, finding.reason(), finding.detail());
        rejected.setExampleId(rows.examples, rows.example.getInt(row));
        rejected.setModel(rows.models, rows.model(row));
        if (!rows.isArrays() && rows.label.getInt(row) != PredictionRows.NO_LABEL) {
            rejected.setLabel(rows.labels, rows.label.getInt(row));
        }
    }
}
