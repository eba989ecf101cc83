package dev.crowdlab.dataset.rejection;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One rejected input row, with ids and label as read; text that is too long is cut between two characters. Ordered by
 * content: source, example, annotator, model, label, reason, detail; null last. Immutable.
 */
public final class RejectedRow implements Comparable<RejectedRow>, Serializable {

    private final InputKind source;
    private final RejectionReason reason;
    private final byte @Nullable [] exampleId;
    private final byte @Nullable [] annotatorId;
    private final byte @Nullable [] model;
    private final byte @Nullable [] label;
    private final String detail;

    RejectedRow(RejectedRowDraft draft, String detail) {
        source = draft.source;
        reason = draft.reason;
        exampleId = draft.exampleId.copy();
        annotatorId = draft.annotatorId.copy();
        model = draft.model.copy();
        label = draft.label.copy();
        this.detail = detail;
    }

    /** Which input the row came from. */
    public InputKind source() {
        return source;
    }

    /** Why the row was rejected. */
    public RejectionReason reason() {
        return reason;
    }

    /** The example; null if the row has none. */
    public @Nullable String exampleId() {
        return text(exampleId);
    }

    /** The annotator; null if the row has none, or is a prediction. */
    public @Nullable String annotatorId() {
        return text(annotatorId);
    }

    /** The model; null if the row has none, or is an annotation. */
    public @Nullable String model() {
        return text(model);
    }

    /** The label; null if the row has none. */
    public @Nullable String label() {
        return text(label);
    }

    /** One sentence about the offending value. */
    public String detail() {
        return detail;
    }

    @Override
    public int compareTo(RejectedRow other) {
        int comparison = source.compareTo(other.source);
        comparison = comparison != 0 ? comparison : compare(exampleId, other.exampleId);
        comparison = comparison != 0 ? comparison : compare(annotatorId, other.annotatorId);
        comparison = comparison != 0 ? comparison : compare(model, other.model);
        comparison = comparison != 0 ? comparison : compare(label, other.label);
        comparison = comparison != 0 ? comparison : reason.compareTo(other.reason);
        return comparison != 0 ? comparison : detail.compareTo(other.detail);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RejectedRow row && compareTo(row) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(exampleId) + detail.hashCode();
    }

    /**
     * Whether the ids and the label of a draft of the same source are greater than these, so that the detail does not
     * matter.
     */
    boolean isBefore(RejectedRowDraft draft) {
        int comparison = -draft.exampleId.compareTo(exampleId);
        comparison = comparison != 0 ? comparison : -draft.annotatorId.compareTo(annotatorId);
        comparison = comparison != 0 ? comparison : -draft.model.compareTo(model);
        return (comparison != 0 ? comparison : -draft.label.compareTo(label)) < 0;
    }

    private static int compare(byte @Nullable [] left, byte @Nullable [] right) {
        return left == null || right == null
                ? Boolean.compare(left == null, right == null)
                : Arrays.compareUnsigned(left, right);
    }

    private static @Nullable String text(byte @Nullable [] utf8) {
        return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }
}
