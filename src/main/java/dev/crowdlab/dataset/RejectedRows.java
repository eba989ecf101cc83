package dev.crowdlab.dataset;

import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Refused input rows in columns, with the reason of each. Rows are numbered by their content, never by arrival:
 * {@link #sorted()} gives the order. Not thread-safe while it grows.
 */
public final class RejectedRows {

    private final List<InputSource> sources = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final List<String> details = new ArrayList<>();
    private final TextColumn exampleIds = new TextColumn(0);
    private final TextColumn annotatorIds = new TextColumn(0);
    private final TextColumn models = new TextColumn(0);
    private final TextColumn labels = new TextColumn(0);

    /** Begins a refused row without any id; the setters below give the ids of the row begun last. */
    void begin(InputSource source, Reason reason, String detail) {
        sources.add(source);
        reasons.add(reason);
        details.add(detail);
        exampleIds.addNull();
        annotatorIds.addNull();
        models.addNull();
        labels.addNull();
    }

    /** Takes over the rows of another list. */
    void addAll(RejectedRows other) {
        for (int row = 0; row < other.rowCount(); row++) {
            begin(other.source(row), other.reason(row), other.detail(row));
            setExampleId(other.exampleIds, row);
            setAnnotatorId(other.annotatorIds, row);
            setModel(other.models, row);
            setLabel(other.labels, row);
        }
    }

    void setExampleId(Texts texts, int index) {
        set(exampleIds, texts, index);
    }

    void setAnnotatorId(Texts texts, int index) {
        set(annotatorIds, texts, index);
    }

    void setModel(Texts texts, int index) {
        set(models, texts, index);
    }

    void setLabel(Texts texts, int index) {
        set(labels, texts, index);
    }

    /** Texts beyond {@link InputRules#MAX_ID_BYTES} are cut between two characters; the detail tells their length. */
    private static void set(TextColumn column, Texts texts, int index) {
        int length = texts.length(index);
        if (length > InputRules.MAX_ID_BYTES) {
            length = InputRules.MAX_ID_BYTES;
            while ((texts.bytes()[texts.start(index) + length] & 0xC0) == 0x80) {
                length--;
            }
        }
        column.setLast(texts.bytes(), texts.start(index), length);
    }

    /** The number of refused rows. */
    public int rowCount() {
        return sources.size();
    }

    /** The number of refused rows for each reason that occurs, in the order of the reasons. */
    public Map<Reason, Long> countsByReason() {
        Map<Reason, Long> counts = new EnumMap<>(Reason.class);
        for (Reason reason : reasons) {
            counts.merge(reason, 1L, Long::sum);
        }
        return counts;
    }

    /** Which input the row came from. */
    public InputSource source(int row) {
        return sources.get(row);
    }

    /** Why the row was refused. */
    public Reason reason(int row) {
        return reasons.get(row);
    }

    /** One sentence on the offending value. */
    public String detail(int row) {
        return details.get(row);
    }

    /** The example ids; ids that are too long are cut. */
    public TextColumn exampleIds() {
        return exampleIds;
    }

    /** The annotator ids; null for predictions. */
    public TextColumn annotatorIds() {
        return annotatorIds;
    }

    /** The models; null for annotations. */
    public TextColumn models() {
        return models;
    }

    /** The labels; null where the row had none. */
    public TextColumn labels() {
        return labels;
    }

    /** The rows in the order of their content: source, example, annotator, model, label, reason, detail. */
    public int[] sorted() {
        int[] order = new int[rowCount()];
        for (int row = 0; row < order.length; row++) {
            order[row] = row;
        }
        IntArrays.parallelQuickSort(order, this::compare);
        return order;
    }

    private int compare(int left, int right) {
        int comparison = sources.get(left).compareTo(sources.get(right));
        comparison = comparison != 0 ? comparison : exampleIds.compare(left, right);
        comparison = comparison != 0 ? comparison : annotatorIds.compare(left, right);
        comparison = comparison != 0 ? comparison : models.compare(left, right);
        comparison = comparison != 0 ? comparison : labels.compare(left, right);
        comparison = comparison != 0 ? comparison : reasons.get(left).compareTo(reasons.get(right));
        return comparison != 0 ? comparison : details.get(left).compareTo(details.get(right));
    }
}
