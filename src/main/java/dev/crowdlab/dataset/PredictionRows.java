package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.ArrayGrowth;
import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.id.IntColumn;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.RejectedRowDraft;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectionDetail;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.UnusableInputException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Collects the prediction rows of a dataset block by block: ids become dense indices in order of arrival, rows without
 * usable ids are rejected. All other errors concern an example and model as a whole and are found later. Not
 * thread-safe.
 */
@NotThreadSafe
public final class PredictionRows implements Serializable {

    /** The index of a missing label. */
    static final int NO_LABEL = -1;

    final IdDictionary examples = new IdDictionary();
    final IdDictionary models = new IdDictionary();
    final IdDictionary labels = new IdDictionary();
    final RejectedRows rejected;
    /** Dense indices of each accepted row. */
    final IntColumn example = new IntColumn();

    /** Dense indices; empty while there is only one model. */
    private final IntColumn model = new IntColumn();
    /** One row per class: the label's index or {@link #NO_LABEL}; a label may be too long. */
    final IntColumn label = new IntColumn();
    /** The array of each row, or one row per class: the one probability. */
    final ProbabilityRows probabilities = new ProbabilityRows();

    private final RowDigest digest = new RowDigest();
    private boolean arrays;

    private final int mostRows;
    private boolean othersHaveRows;

    /**
     * Starts empty.
     *
     * @param maxRejected how many rejected rows to keep per reason, at least 1
     */
    public PredictionRows(int maxRejected) {
        this(maxRejected, ArrayGrowth.MAX_LENGTH);
    }

    public PredictionRows(int maxRejected, int mostRows) {
        rejected = new RejectedRows(maxRejected);
        this.mostRows = mostRows;
    }

    /**
     * Adds a block of rows. All blocks are of one kind.
     *
     * @throws UnusableInputException if these are more than can be numbered
     */
    public void add(PredictionBlock block) {
        ArrayGrowth.checkRows("prediction", (long) example.size() + block.rowCount(), mostRows);
        digest.add(block.digest());
        arrays |= block.isArrays();
        IntArrayList accepted = new IntArrayList(block.rowCount());
        int next = 0;
        for (int row = 0; row < block.rowCount(); row++) {
            int length = block.isArrays() ? block.arrayLengths().getInt(row) : 1;
            RejectionReason reason = reason(block, row);
            if (reason == null) {
                addModel(index(models, block.models(), row), example.size() + accepted.size());
                addProbabilities(block, row, next, length);
                accepted.add(row);
            } else {
                reject(block, row, reason);
            }
            next += Math.max(0, length);
        }
        examples.addAll(block.exampleIds(), accepted, example);
    }

    /** The rows read so far, rejected ones included. */
    public long rowsRead() {
        return digest.rowCount();
    }

    /** The digest of the rows read so far. */
    public RowDigest digest() {
        return digest;
    }

    /** Whether the dataset has prediction rows, here or in another part. */
    boolean anyRead() {
        return othersHaveRows || rowsRead() > 0;
    }

    /** Takes note that another part of the dataset has prediction rows. */
    void setOthersHaveRows() {
        othersHaveRows = true;
    }

    /** Releases the example and model of each row. */
    void forgetExamples() {
        example.clear();
        model.clear();
    }

    boolean isArrays() {
        return arrays;
    }

    /** The dense index of an accepted row's model. */
    int model(int row) {
        return model.isEmpty() ? 0 : model.get(row);
    }

    private static @Nullable RejectionReason reason(PredictionBlock block, int row) {
        int exampleLength = block.exampleIds().length(row);
        int modelLength = block.models().length(row);
        if (exampleLength <= 0 || modelLength <= 0) {
            return RejectionReason.MISSING_ID;
        }
        return Math.max(exampleLength, modelLength) > TextColumn.MAX_ID_BYTES ? RejectionReason.TOO_LONG : null;
    }

    private void addModel(int index, int earlierCount) {
        if (index > 0 && model.isEmpty()) {
            model.addZeros(earlierCount);
        }
        if (index > 0 || !model.isEmpty()) {
            model.add(index);
        }
    }

    private void addProbabilities(PredictionBlock block, int row, int from, int length) {
        if (!block.isArrays()) {
            label.add(labelIndex(block.labels(), row));
        }
        probabilities.add(block.probabilities().elements(), from, length);
    }

    private int labelIndex(TextColumn column, int row) {
        return column.length(row) <= 0 ? NO_LABEL : index(labels, column, row);
    }

    private void reject(PredictionBlock block, int row, RejectionReason reason) {
        RejectedRowDraft draft = rejected.draft(InputKind.PREDICTION, reason)
                .exampleId(block.exampleIds(), row)
                .model(block.models(), row);
        if (!block.isArrays()) {
            draft.label(block.labels(), row);
        }
        rejected.add(draft, () -> new RejectionDetail()
                .id("example_id", block.exampleIds(), row)
                .id("model", block.models(), row)
                .of(reason));
    }

    static int index(IdDictionary index, TextColumn column, int row) {
        return index.add(column.bytes(), column.start(row), column.length(row));
    }
}
