package dev.crowdlab.dataset.rejection;

import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row that is being rejected. It refers to the ids and label where they are stored; they are copied only if the row
 * is kept. Reused for every row; not thread-safe.
 */
@NotThreadSafe
public final class RejectedRowDraft implements Serializable {

    InputKind source = InputKind.ANNOTATION;
    RejectionReason reason = RejectionReason.MISSING_ID;
    final Text exampleId = new Text();
    final Text annotatorId = new Text();
    final Text model = new Text();
    final Text label = new Text();

    public RejectedRowDraft exampleId(Utf8Texts texts, int index) {
        exampleId.set(texts, index);
        return this;
    }

    public RejectedRowDraft annotatorId(Utf8Texts texts, int index) {
        annotatorId.set(texts, index);
        return this;
    }

    public RejectedRowDraft model(Utf8Texts texts, int index) {
        model.set(texts, index);
        return this;
    }

    public RejectedRowDraft label(Utf8Texts texts, int index) {
        label.set(texts, index);
        return this;
    }

    /** Forgets the row, but not its source and reason. */
    void clear() {
        exampleId.clear();
        annotatorId.clear();
        model.clear();
        label.clear();
    }

    /** A reference to a text, or null. */
    @NotThreadSafe
    static final class Text implements Serializable {

        private transient @Nullable Utf8Texts texts;
        private int start;
        private int length;

        void set(Utf8Texts source, int index) {
            texts = source.isNull(index) ? null : source;
            start = source.start(index);
            length = source.length(index);
            if (length > TextColumn.MAX_ID_BYTES) {
                length = TextColumn.MAX_ID_BYTES;
                while ((source.bytes()[start + length] & 0xC0) == 0x80) {
                    length--; // do not cut in the middle of a character
                }
            }
        }

        /** Drops the references, which would otherwise keep the texts of the whole dataset in memory. */
        void clear() {
            texts = null;
        }

        byte @Nullable [] copy() {
            return texts == null ? null : Arrays.copyOfRange(texts.bytes(), start, start + length);
        }

        /** Compares in code-point order, null last. */
        int compareTo(byte @Nullable [] other) {
            if (texts == null || other == null) {
                return Boolean.compare(texts == null, other == null);
            }
            return Arrays.compareUnsigned(texts.bytes(), start, start + length, other, 0, other.length);
        }
    }
}
