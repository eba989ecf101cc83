package dev.crowdlab.dataset;

import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputKind;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.LabelHints;
import dev.crowdlab.dataset.rejection.RejectedRowDraft;
import dev.crowdlab.dataset.rejection.RejectionReason;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.UnusableInputException;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.BitSet;
import java.util.function.Supplier;

/**
 * The annotations of each example after repeats were resolved: at most one per example and annotator. Examples and
 * annotators are numbered by the code-point order of their ids, so nothing depends on the order of arrival.
 */
@NotThreadSafe
final class AcceptedAnnotations {

    private static final String NO_TIME =
            "the annotator gave this example different labels, and an annotated_at is null";
    private static final String SAME_TIME =
            "the annotator gave this example different labels at the deciding annotated_at";
    private static final String SUPERSEDED = "another annotated_at of this annotator and example decides";

    private static final int LONG_GROUP = 24;
    private final AnnotationRows rows;
    private final Classes classes;
    private final DuplicateAnnotation policy;
    private final int[] annotatorRank;
    private final IntComparator byAnnotator = (left, right) -> Integer.compare(rank(left), rank(right));

    /** Arrival indices of the examples and annotators in code-point order. */
    final int[] exampleOrder;

    final int[] annotatorOrder;
    /** Annotations of example rank e are at offsets[e] .. offsets[e + 1], by ascending annotator rank. */
    final int[] offsets;

    /** The rows whose label and annotator are known, grouped by example; accepted ones move to the front. */
    private final int[] acceptedRows;

    private int acceptedCount;
    private final long[] times;
    private final AnnotationRows.DecidingTime deciding;
    private final boolean mayAbstain;
    private final boolean areRepeatsCounted;
    private final AnswerTally tally;

    private long collapsedCount;

    AcceptedAnnotations(AnnotationRows rows, Classes classes, InputRules rules) {
        this.rows = rows;
        this.classes = classes;
        policy = rules.duplicateAnnotation();
        deciding = new AnnotationRows.DecidingTime(rows, policy);
        mayAbstain = rules.answers().mayAbstain();
        areRepeatsCounted = rules.answers().areRepeatsCounted();
        exampleOrder = rows.examples.order();
        annotatorOrder = rows.annotators.order();
        annotatorRank = inverse(annotatorOrder);
        tally = new AnswerTally(rows, classes, mayAbstain || areRepeatsCounted ? annotatorOrder.length : 0);
        offsets = new int[exampleOrder.length + 1];
        acceptedRows = rowsByExample();
        resolve();
        rows.forgetExamples();
        times = acceptedTimes();
        rows.forgetTimes();
    }

    /** The annotator, by rank, of an accepted annotation. */
    int annotator(int position) {
        return rank(acceptedRows[position]);
    }

    /** The class that an accepted annotation gives. */
    int label(int position) {
        return classOf(acceptedRows[position]);
    }

    private long[] acceptedTimes() {
        long[] accepted = new long[rows.annotatedAt.isEmpty() ? 0 : acceptedCount];
        for (int position = 0; position < accepted.length; position++) {
            accepted[position] = rows.annotatedAt(acceptedRows[position]);
        }
        return accepted;
    }

    /** The array of the times of accepted annotations, to write into; empty if no row has a time. */
    long[] giveUpTimes() {
        return times;
    }

    /** How these annotators answer, and who of them abstains on these examples, by rank. */
    AnnotatorHabits habits(int[] annotators, int[] examples) {
        return mayAbstain || areRepeatsCounted ? tally.of(annotators, examples) : AnnotatorHabits.NONE;
    }

    /** The annotators, by rank, with a label of these examples, and, if that is wanted, those who only have habits. */
    int[] annotators(int[] examples, boolean areHabitsEnough) {
        BitSet used = areHabitsEnough ? tally.counted() : new BitSet(annotatorOrder.length);
        for (int example : examples) {
            for (int position = offsets[example]; position < offsets[example + 1]; position++) {
                used.set(annotator(position));
            }
        }
        return used.stream().toArray();
    }

    /** How many repeats with equal labels became one. */
    long collapsedCount() {
        return collapsedCount;
    }

    /** Refuses an annotation of the example, by rank, that was accepted before, since predictions are missing. */
    void rejectUnpredicted(int example, int position, MissingModels missing) {
        RejectedRowDraft draft = draft(exampleOrder[example], acceptedRows[position], RejectionReason.NO_PREDICTION);
        rows.rejected.add(draft.model(missing.names(), 0), missing::detail);
    }

    /**
     * Returns the array of the accepted rows for reuse once they are no longer needed; it is as long as the final
     * annotations.
     */
    int[] giveUpRows() {
        return acceptedRows;
    }

    /** Returns the inverse of a permutation. */
    static int[] inverse(int[] order) {
        int[] places = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            places[order[place]] = place;
        }
        return places;
    }

    private int classOf(int row) {
        return classes.ofAnnotationLabel(rows.label.get(row));
    }

    /**
     * Counting sort: the rows whose label and annotator are known, grouped by example; afterwards offsets[e] is the start of each
     * group.
     */
    private int[] rowsByExample() {
        int[] exampleRank = inverse(exampleOrder);
        LabelHints hints = new LabelHints(classes.ids());
        int rowCount = rows.example.size();
        for (int row = 0; row < rowCount; row++) {
            if (rows.kinds.isBoth(rows.annotator.get(row))) {
                rejectRow(row, RejectionReason.CONFLICTING_KIND, () -> StatedKinds.CONFLICT);
            } else if (classOf(row) == Classes.UNKNOWN) {
                rejectUnknown(row, hints);
            } else {
                offsets[exampleRank[rows.example.get(row)]]++;
            }
        }
        for (int example = 1; example < offsets.length; example++) {
            offsets[example] += offsets[example - 1];
        }
        int[] grouped = new int[offsets[exampleOrder.length]];
        for (int row = rowCount - 1; row >= 0; row--) {
            if (classOf(row) != Classes.UNKNOWN && !rows.kinds.isBoth(rows.annotator.get(row))) {
                grouped[--offsets[exampleRank[rows.example.get(row)]]] = row;
            }
        }
        return grouped;
    }

    private void rejectUnknown(int row, LabelHints hints) {
        rejectRow(row, RejectionReason.UNKNOWN_LABEL, () -> hints.sentence(rows.labels.text(rows.label.get(row))));
    }

    private void resolve() {
        for (int example = 0; example < exampleOrder.length; example++) {
            int from = offsets[example];
            int to = offsets[example + 1];
            offsets[example] = acceptedCount;
            sortByAnnotator(acceptedRows, from, to);
            while (from < to) {
                int next = from + 1;
                while (next < to && rank(acceptedRows[next]) == rank(acceptedRows[from])) {
                    next++;
                }
                resolve(acceptedRows, from, next);
                from = next;
            }
            if (mayAbstain) {
                endExample(example);
            }
        }
        offsets[exampleOrder.length] = acceptedCount;
    }

    /** Rejects what abstains on an example that has no label. */
    private void endExample(int example) {
        boolean isLabeled = acceptedCount > offsets[example];
        if (!isLabeled) {
            tally.abstaining()
                    .forEach(row ->
                            rejectRow(row, RejectionReason.ONLY_ABSTENTIONS, () -> AnswerTally.ONLY_ABSTENTIONS));
        }
        tally.endExample(isLabeled, annotatorRank);
    }

    private int rank(int row) {
        return annotatorRank[rows.annotator.get(row)];
    }

    /** Uses insertion sort for small groups, which avoids a call per comparison; most groups have only a few rows. */
    private void sortByAnnotator(int[] grouped, int from, int to) {
        if (to - from > LONG_GROUP) {
            IntArrays.quickSort(grouped, from, to, byAnnotator);
            return;
        }
        for (int place = from + 1; place < to; place++) {
            int row = grouped[place];
            int rank = rank(row);
            int hole = place;
            for (; hole > from && rank(grouped[hole - 1]) > rank; hole--) {
                grouped[hole] = grouped[hole - 1];
            }
            grouped[hole] = row;
        }
    }

    /** Resolves the rows of one example by one annotator. */
    private void resolve(int[] grouped, int from, int to) {
        if (areRepeatsCounted && to - from > 1) {
            tally.repeat(rank(grouped[from]), grouped, from, to);
        }
        if (isOneLabel(grouped, from, to)) {
            accept(grouped[deciding.place(grouped, from, to)]);
            collapsedCount += to - from - 1;
            return;
        }
        if (policy == DuplicateAnnotation.FAIL) {
            throw new UnusableInputException(String.format(
                    "Annotator '%s' gave example '%s' different labels, and on-duplicate-annotation is fail;"
                            + " correct the annotations or choose latest or first",
                    rows.annotators.text(rows.annotator.get(grouped[from])),
                    rows.examples.text(rows.example.get(grouped[from]))));
        }
        long time = deciding.time(grouped, from, to);
        int decidingFrom = time == AnnotationBlock.NO_TIME ? to : deciding.moveToEnd(grouped, from, to, time);
        if (decidingFrom < to && isOneLabel(grouped, decidingFrom, to)) {
            rejectRows(grouped, from, decidingFrom, RejectionReason.SUPERSEDED_ANNOTATION, SUPERSEDED);
            accept(grouped[decidingFrom]);
            collapsedCount += to - decidingFrom - 1;
        } else {
            String detail = time == AnnotationBlock.NO_TIME ? NO_TIME : SAME_TIME;
            rejectRows(grouped, from, to, RejectionReason.CONFLICTING_ANNOTATION, detail);
        }
    }

    private boolean isOneLabel(int[] grouped, int from, int to) {
        for (int place = from + 1; place < to; place++) {
            if (classOf(grouped[place]) != classOf(grouped[from])) {
                return false;
            }
        }
        return true;
    }

    /** Stores an accepted row in a position that has already been processed, unless it abstains. */
    private void accept(int row) {
        if (mayAbstain && classOf(row) == Classes.ABSTAINED) {
            tally.abstain(rank(row), row);
            return;
        }
        acceptedRows[acceptedCount++] = row;
    }

    private void rejectRows(int[] grouped, int from, int to, RejectionReason reason, String detail) {
        for (int place = from; place < to; place++) {
            rejectRow(grouped[place], reason, () -> detail);
        }
    }

    private void rejectRow(int row, RejectionReason reason, Supplier<String> detail) {
        rejectRow(rows.example.get(row), row, reason, detail);
    }

    private void rejectRow(int example, int row, RejectionReason reason, Supplier<String> detail) {
        rows.rejected.add(draft(example, row, reason), detail);
    }

    private RejectedRowDraft draft(int example, int row, RejectionReason reason) {
        return rows.rejected
                .draft(InputKind.ANNOTATION, reason)
                .exampleId(rows.examples, example)
                .annotatorId(rows.annotators, rows.annotator.get(row))
                .label(rows.labels, rows.label.get(row));
    }
}
