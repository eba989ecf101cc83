package dev.crowdlab.dataset;

import dev.crowdlab.dataset.id.ArrayGrowth;
import dev.crowdlab.dataset.id.IdDictionary;
import dev.crowdlab.dataset.id.IntColumn;
import dev.crowdlab.dataset.id.RowDigest;
import dev.crowdlab.dataset.id.TextColumn;
import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.RejectedRowDraft;
import dev.crowdlab.dataset.rejection.RejectedRows;
import dev.crowdlab.dataset.rejection.RejectionDetail;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.UnusableInputException;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the annotation rows of a dataset block by block: ids become dense indices in order of arrival, rows without
 * usable ids or label are rejected. Not thread-safe.
 */
public final class AnnotationRows implements Serializable {

    final IdDictionary examples = new IdDictionary();
    final IdDictionary annotators = new IdDictionary();
    final IdDictionary labels = new IdDictionary();
    final RejectedRows rejected;
    final StatedKinds kinds = new StatedKinds();
    /** Dense indices of each accepted row. */
    final IntColumn example = new IntColumn();

    final IntColumn annotator = new IntColumn();
    final IntColumn label = new IntColumn();
    /** Microseconds or {@link AnnotationBlock#NO_TIME}; empty until a row has a time. */
    final LongArrayList annotatedAt = new LongArrayList();

    private final RowDigest digest = new RowDigest();

    private final int mostRows;

    /**
     * Starts empty.
     *
     * @param maxRejected how many rejected rows to keep per reason, at least 1
     */
    public AnnotationRows(int maxRejected) {
        this(maxRejected, ArrayGrowth.MAX_LENGTH);
    }

    public AnnotationRows(int maxRejected, int mostRows) {
        rejected = new RejectedRows(maxRejected);
        this.mostRows = mostRows;
    }

    /**
     * Adds a block of rows.
     *
     * @throws UnusableInputException if there are too many rows to number
     */
    public void add(AnnotationBlock block) {
        ArrayGrowth.checkRows("annotation", (long) example.size() + block.rowCount(), mostRows);
        digest.add(block.digest());
        IntArrayList accepted = new IntArrayList(block.rowCount());
        for (int row = 0; row < block.rowCount(); row++) {
            RejectionReason reason = reason(block, row);
            if (reason == null) {
                accepted.add(row);
                addTime(block.annotatedAt().getLong(row), example.size() + accepted.size() - 1);
            } else {
                reject(block, row, reason);
            }
        }
        examples.addAll(block.exampleIds(), accepted, example);
        annotators.addAll(block.annotatorIds(), accepted, annotator);
        if (block.hasKinds()) {
            kinds.add(block, accepted, annotator);
        }
        labels.addAll(block.labels(), accepted, label);
    }

    /** The rows read so far, rejected ones included. */
    public long rowsRead() {
        return digest.rowCount();
    }

    /** The digest of the rows read so far. */
    public RowDigest digest() {
        return digest;
    }

    /** The time of an accepted row. */
    long annotatedAt(int row) {
        return annotatedAt.isEmpty() ? AnnotationBlock.NO_TIME : annotatedAt.getLong(row);
    }

    /** The greatest time of accepted rows that is neither missing nor infinite. */
    public Optional<Instant> newest() {
        long newest = AnnotationBlock.NO_TIME;
        for (int row = 0; row < annotatedAt.size(); row++) {
            long time = annotatedAt.getLong(row);
            newest = time == Long.MAX_VALUE ? newest : Math.max(newest, time);
        }
        return newest == AnnotationBlock.NO_TIME ? Optional.empty() : Optional.of(AnnotationBlock.instant(newest));
    }

    /** Releases the examples of all rows. */
    void forgetExamples() {
        example.clear();
    }

    /** Releases the times of all rows. */
    void forgetTimes() {
        annotatedAt.clear();
        annotatedAt.trim();
    }

    /** Releases all rows; ids stay. */
    void forgetRows() {
        annotator.clear();
        label.clear();
    }

    private static @Nullable RejectionReason reason(AnnotationBlock block, int row) {
        int exampleLength = block.exampleIds().length(row);
        int annotatorLength = block.annotatorIds().length(row);
        int labelLength = block.labels().length(row);
        if (exampleLength <= 0 || annotatorLength <= 0) {
            return RejectionReason.MISSING_ID;
        }
        int familyLength = block.hasKinds() ? block.families().length(row) : 0;
        if (Math.max(Math.max(exampleLength, annotatorLength), familyLength) > TextColumn.MAX_ID_BYTES
                || labelLength > InputRules.MAX_LABEL_BYTES) {
            return RejectionReason.TOO_LONG;
        }
        if (labelLength <= 0) {
            return RejectionReason.MISSING_LABEL;
        }
        boolean isUnknown = block.hasKinds() && StatedKinds.read(block.kinds(), row) == StatedKinds.UNKNOWN;
        return isUnknown ? RejectionReason.UNKNOWN_KIND : null;
    }

    private void addTime(long time, int earlierCount) {
        if (time != AnnotationBlock.NO_TIME && annotatedAt.isEmpty()) {
            for (int earlier = 0; earlier < earlierCount; earlier++) {
                annotatedAt.add(AnnotationBlock.NO_TIME);
            }
            annotatedAt.add(time);
        } else if (!annotatedAt.isEmpty()) {
            annotatedAt.add(time);
        }
    }

    private void reject(AnnotationBlock block, int row, RejectionReason reason) {
        RejectedRowDraft draft = rejected.draft(InputKind.ANNOTATION, reason)
                .exampleId(block.exampleIds(), row)
                .annotatorId(block.annotatorIds(), row)
                .label(block.labels(), row);
        rejected.add(draft, () -> {
            RejectionDetail detail = new RejectionDetail()
                    .id("example_id", block.exampleIds(), row)
                    .id("annotator_id", block.annotatorIds(), row)
                    .label(block.labels(), row);
            return (block.hasKinds() ? detail.kind(block.kinds(), block.families(), row) : detail).of(reason);
        });
    }

    /**
     * Which of several answers of one annotator to one example count, by their times.
     *
     * @param rows that have the times
     * @param policy which time decides
     */
    record DecidingTime(AnnotationRows rows, DuplicateAnnotation policy) {

        /** Returns the annotated_at whose labels count; NO_TIME if any is missing. */
        long time(int[] grouped, int from, int to) {
            long deciding = rows.annotatedAt(grouped[from]);
            for (int place = from; place < to; place++) {
                long time = rows.annotatedAt(grouped[place]);
                if (time == AnnotationBlock.NO_TIME) {
                    return AnnotationBlock.NO_TIME;
                }
                deciding = policy == DuplicateAnnotation.LATEST ? Math.max(deciding, time) : Math.min(deciding, time);
            }
            return deciding;
        }

        /**
         * Where the row stands whose time counts for all of these, which give the same label: one with a time if there is
         * one.
         */
        int place(int[] grouped, int from, int to) {
            int deciding = from;
            for (int place = from + 1; place < to; place++) {
                long time = rows.annotatedAt(grouped[place]);
                long before = rows.annotatedAt(grouped[deciding]);
                boolean isLater = policy == DuplicateAnnotation.FIRST ? time < before : time > before;
                boolean isOnlyOne = before == AnnotationBlock.NO_TIME;
                if (time != AnnotationBlock.NO_TIME && (isLater || isOnlyOne)) {
                    deciding = place;
                }
            }
            return deciding;
        }

        /** Moves the rows with the given time to the end of the range and returns their first position. */
        int moveToEnd(int[] grouped, int from, int to, long time) {
            int start = to;
            for (int place = to - 1; place >= from; place--) {
                if (rows.annotatedAt(grouped[place]) == time) {
                    IntArrays.swap(grouped, place, --start);
                }
            }
            return start;
        }
    }
}
