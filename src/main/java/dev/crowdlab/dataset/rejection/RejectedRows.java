package dev.crowdlab.dataset.rejection;

import dev.crowdlab.engine.pass.NotThreadSafe;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The number of rejected rows by source and reason, and the first rows of each by content. The result does not depend
 * on the order of arrival, and memory is bounded: one misspelled label may reject all rows. Not thread-safe while it
 * grows.
 */
@NotThreadSafe
public final class RejectedRows implements Serializable {

    /** The default number of rows kept for each source and reason. */
    public static final int DEFAULT_KEPT = 10_000;

    private final int mostKept;
    private final Map<InputKind, Map<RejectionReason, Rejected>> rejected = new EnumMap<>(InputKind.class);
    /** Found over all rows of a dataset, so it is not part of what a part of them gives. */
    private transient @Nullable SuspectLabel suspectLabel;

    private final RejectedRowDraft draft = new RejectedRowDraft();

    /**
     * @param mostKept how many rows are kept for each source and reason, at least 1
     */
    public RejectedRows(int mostKept) {
        this.mostKept = mostKept;
    }

    /**
     * The rows of a source and reason: the total, and the first rows by content, in a heap with the last of them on
     * top.
     */
    @NotThreadSafe
    private static final class Rejected implements Serializable {

        private final PriorityQueue<RejectedRow> first = new PriorityQueue<>(Collections.reverseOrder());
        /** How often each unknown label of annotations, or of gold, was given. */
        private final LabelTally labels = new LabelTally();

        private long count;
    }

    /**
     * How many rows were rejected.
     *
     * @param source the input that they came from
     * @param reason why
     * @param rowCount their number, at least 1
     */
    public record Count(InputKind source, RejectionReason reason, long rowCount) {}

    /** Begins a rejected row without any id, which {@link #add} takes. */
    public RejectedRowDraft draft(InputKind source, RejectionReason reason) {
        draft.source = source;
        draft.reason = reason;
        return draft;
    }

    /** Rejects a row, and clears the draft. The detail is computed only if the row is kept. */
    public void add(RejectedRowDraft row, Supplier<String> detail) {
        count(row, detail);
        row.clear();
    }

    private void count(RejectedRowDraft row, Supplier<String> detail) {
        Rejected same = of(row.source, row.reason);
        same.count++;
        byte[] label = row.reason == RejectionReason.UNKNOWN_LABEL ? row.label.copy() : null;
        if (label != null && row.source != InputKind.PREDICTION) {
            same.labels.add(label, 1);
        }
        RejectedRow last = same.first.size() < mostKept ? null : same.first.peek();
        if (last != null && last.isBefore(row)) {
            return;
        }
        same.first.add(new RejectedRow(row, detail.get()));
        if (last != null) {
            same.first.remove();
        }
    }

    /** Adds the rows of another part of the same dataset, which is not modified. */
    public void add(RejectedRows other) {
        other.rejected.forEach((source, reasons) -> reasons.forEach((reason, same) -> {
            Rejected sum = of(source, reason);
            sum.count += same.count;
            sum.labels.add(same.labels);
            sum.first.addAll(same.first);
            while (sum.first.size() > mostKept) {
                sum.first.remove();
            }
        }));
    }

    /** Returns a copy to add to. */
    public RejectedRows copy() {
        RejectedRows copy = new RejectedRows(mostKept);
        copy.add(this);
        copy.suspectLabel = suspectLabel;
        return copy;
    }

    private Rejected of(InputKind source, RejectionReason reason) {
        return rejected.computeIfAbsent(source, unknown -> new EnumMap<>(RejectionReason.class))
                .computeIfAbsent(reason, unknown -> new Rejected());
    }

    /** Takes over the rows of an object that has none of the same source. */
    public void takeOver(RejectedRows other) {
        rejected.putAll(other.rejected);
    }

    public void setSuspectLabel(Optional<SuspectLabel> suspectLabel) {
        this.suspectLabel = suspectLabel.orElse(null);
    }

    /**
     * A label that became a class because no classes are configured, and that rejected predictions lack; empty if there
     * is none.
     */
    public Optional<SuspectLabel> suspectLabel() {
        return Optional.ofNullable(suspectLabel);
    }

    /** The number of rejected rows, kept or not. */
    public long count() {
        return counts().stream().mapToLong(Count::rowCount).sum();
    }

    /** The number of rejected rows of a source and reason, kept or not. */
    public long count(InputKind source, RejectionReason reason) {
        Rejected found = rejected.getOrDefault(source, Map.of()).get(reason);
        return found == null ? 0 : found.count;
    }

    /** The numbers of rejected rows, kept or not, in the order of sources and reasons. */
    public List<Count> counts() {
        List<Count> counts = new ArrayList<>();
        rejected.forEach((source, reasons) ->
                reasons.forEach((reason, same) -> counts.add(new Count(source, reason, same.count))));
        return counts;
    }

    /**
     * The number of rejected rows of annotations and predictions for each reason that occurs, kept or not, in the order
     * of the reasons.
     */
    public Map<RejectionReason, Long> countsByReason() {
        Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
        counts().stream()
                .filter(count -> count.source() != InputKind.GOLD)
                .forEach(count -> counts.merge(count.reason(), count.rowCount(), Long::sum));
        return counts;
    }

    /** How often each of the first unknown labels of annotations, in code-point order, was rejected. */
    public Map<String, Long> unknownLabels() {
        Rejected found = rejected.getOrDefault(InputKind.ANNOTATION, Map.of()).get(RejectionReason.UNKNOWN_LABEL);
        return found == null ? Map.of() : found.labels.counts();
    }

    /** The rows that are kept, in the order of their content. */
    public List<RejectedRow> rows() {
        List<RejectedRow> rows = new ArrayList<>();
        rejected.values().forEach(reasons -> reasons.values().forEach(same -> rows.addAll(same.first)));
        Collections.sort(rows);
        return rows;
    }

    /**
     * What was rejected for a reason: the most frequent unknown labels, what most of the rows have in common, or the
     * detail of the first row, by content.
     */
    public Optional<String> described(InputKind source, RejectionReason reason) {
        return described(source, reason, row -> true);
    }

    /** The same about the predictions of one model. */
    public Optional<String> described(RejectionReason reason, String model) {
        return described(InputKind.PREDICTION, reason, row -> model.equals(row.model()));
    }

    private Optional<String> described(InputKind source, RejectionReason reason, Predicate<RejectedRow> wanted) {
        Rejected found = rejected.getOrDefault(source, Map.of()).get(reason);
        if (found == null) {
            return Optional.empty();
        }
        List<RejectedRow> rows = found.first.stream().filter(wanted).sorted().toList();
        return UnreadableAnswer.summary(rows)
                .or(() -> found.labels.mostFrequent(found.count, rows))
                .or(() -> rows.stream().findFirst().map(RejectedRow::detail));
    }

    /** The first row of a source that was rejected for a reason, by content. */
    public Optional<RejectedRow> first(InputKind source, RejectionReason reason) {
        return Optional.ofNullable(rejected.getOrDefault(source, Map.of()).get(reason)).stream()
                .flatMap(same -> same.first.stream())
                .min(RejectedRow::compareTo);
    }
}
