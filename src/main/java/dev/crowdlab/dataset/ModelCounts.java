package dev.crowdlab.dataset;

import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * For each model how many predictions there were, one for each example, why some were rejected, and how many labeled
 * examples the others are of. These are the same whether a prediction comes as an array or as one row per class.
 */
@NotThreadSafe
public final class ModelCounts implements Mergeable<ModelCounts> {

    /** [models] */
    private final long[] given;
    /** [models] */
    private final ArrayList<EnumMap<RejectionReason, Long>> rejected;
    /** [models] */
    private final long[] labeled;

    private long labeledExamples;
    /** Rows that belong to no example or to no model. */
    private long strayRows;

    private final int rowsPerPrediction;

    ModelCounts(int modelCount, int rowsPerPrediction, long strayRows) {
        given = new long[modelCount];
        rejected = new ArrayList<>();
        for (int model = 0; model < modelCount; model++) {
            rejected.add(new EnumMap<>(RejectionReason.class));
        }
        labeled = new long[modelCount];
        this.rowsPerPrediction = rowsPerPrediction;
        this.strayRows = strayRows;
    }

    /** Counts a usable prediction. */
    void addUsable(int model) {
        given[model]++;
    }

    /** Counts a prediction that is rejected. */
    void addRejected(int model, RejectionReason reason) {
        given[model]++;
        rejected.get(model).merge(reason, 1L, Long::sum);
    }

    /** Counts a usable prediction of a labeled example. */
    void addLabeled(int model) {
        labeled[model]++;
    }

    /** Notes how many labeled examples there are. */
    void setLabeledExamples(long count) {
        labeledExamples = count;
    }

    @Override
    public void add(ModelCounts other) {
        Mergeable.add(given, other.given);
        for (int model = 0; model < given.length; model++) {
            EnumMap<RejectionReason, Long> counts = rejected.get(model);
            other.rejected.get(model).forEach((reason, count) -> counts.merge(reason, count, Long::sum));
        }
        Mergeable.add(labeled, other.labeled);
        labeledExamples += other.labeledExamples;
        strayRows += other.strayRows;
    }

    /** Returns a copy to add to. */
    ModelCounts copy() {
        ModelCounts copy = new ModelCounts(given.length, rowsPerPrediction, 0);
        copy.add(this);
        return copy;
    }

    /** The number of models. */
    public int modelCount() {
        return given.length;
    }

    /** The number of examples that have rows of the model. */
    public long given(int model) {
        return given[model];
    }

    /** How many of them were rejected, by reason. */
    public Map<RejectionReason, Long> rejected(int model) {
        return Collections.unmodifiableMap(rejected.get(model));
    }

    /** The number of labeled examples with a usable prediction of the model. */
    public long labeled(int model) {
        return labeled[model];
    }

    /** The number of examples with an accepted label, those that are rejected for lack of a prediction included. */
    public long labeledExamples() {
        return labeledExamples;
    }

    /** The share of these that have a usable prediction of the model; NaN if there are none. */
    public double coverage(int model) {
        return labeledExamples == 0 ? Double.NaN : (double) labeled[model] / labeledExamples;
    }

    /** How many predictions the rows without an id or model would be, at least 1 if there are any. */
    public long strayPredictions() {
        return (strayRows + rowsPerPrediction - 1) / rowsPerPrediction;
    }
}
