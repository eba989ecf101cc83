package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.ArrayGrowth;
import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.id.IntColumn;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.RejectedRowDraft;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectionDetail;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.UnusableInputException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Collects the gold rows of a dataset block by block: ids become dense indices in order of arrival, rows without usable
 * id or label are rejected. Not thread-safe.
 */
public final class GoldRows implements Serializable {

    final IdDictionary examples = new IdDictionary();
    final IdDictionary labels = new IdDictionary();
    final RejectedRows rejected;
    /** Dense indices of each accepted row. */
    final IntColumn example = new IntColumn();

    final IntColumn label = new IntColumn();

    private final RowDigest digest = new RowDigest();
    private final boolean isConfigured;

    /**
     * Starts empty.
     *
     * @param maxRejected how many rejected rows to keep per reason, at least 1
     */
    public GoldRows(int maxRejected) {
        this(maxRejected, true);
    }

    private GoldRows(int maxRejected, boolean isConfigured) {
        rejected = new RejectedRows(maxRejected);
        this.isConfigured = isConfigured;
    }

    /** The rows of a dataset without gold. */
    public static GoldRows none() {
        return new GoldRows(1, false);
    }

    /** Whether the dataset has gold, even if that is without a row. */
    boolean isConfigured() {
        return isConfigured;
    }

    /**
     * Adds a block of rows.
     *
     * @throws UnusableInputException if there are too many rows to number
     */
    public void add(GoldBlock block) {
        ArrayGrowth.checkRows("gold", (long) example.size() + block.rowCount(), ArrayGrowth.MAX_LENGTH);
        digest.add(block.digest());
        IntArrayList accepted = new IntArrayList(block.rowCount());
        for (int row = 0; row < block.rowCount(); row++) {
            RejectionReason reason = reason(block, row);
            if (reason == null) {
                accepted.add(row);
            } else {
                reject(block, row, reason);
            }
        }
        examples.addAll(block.exampleIds(), accepted, example);
        labels.addAll(block.labels(), accepted, label);
    }

    /** The digest of the rows read so far. */
    public RowDigest digest() {
        return digest;
    }

    private static @Nullable RejectionReason reason(GoldBlock block, int row) {
        int labelLength = block.labels().length(row);
        if (block.exampleIds().length(row) <= 0) {
            return RejectionReason.MISSING_ID;
        }
        if (block.exampleIds().length(row) > TextColumn.MAX_ID_BYTES || labelLength > InputRules.MAX_LABEL_BYTES) {
            return RejectionReason.TOO_LONG;
        }
        return labelLength <= 0 ? RejectionReason.MISSING_LABEL : null;
    }

    private void reject(GoldBlock block, int row, RejectionReason reason) {
        RejectedRowDraft draft = rejected.draft(InputKind.GOLD, reason)
                .exampleId(block.exampleIds(), row)
                .label(block.labels(), row);
        rejected.add(draft, () -> new RejectionDetail()
                .id("example_id", block.exampleIds(), row)
                .label(block.labels(), row)
                .of(reason));
    }
}
