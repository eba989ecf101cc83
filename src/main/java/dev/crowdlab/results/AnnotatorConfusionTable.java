package dev.crowdlab.results;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import dev.crowdlab.results.copy.BinaryCopyWriter;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.ResultTableDefinition;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;
import java.util.List;

/** How often each annotator gave each label, by published consensus label. */
final class AnnotatorConfusionTable implements ResultTable {

    static final ResultTableDefinition DEFINITION = new ResultTableDefinition(
            "annotator_confusion",
            List.of("run_id", "annotator_id", "consensus_label", "given_label", "num_annotations"),
            List.of("run_id", "annotator_id", "consensus_label", "given_label"),
            false);

    private final long runId;
    private final DatasetNames names;
    private final ConfusionCounts counts;
    /** The counts in key order, which is by label text and not by class index. */
    private final int[] order;

    AnnotatorConfusionTable(long runId, DatasetNames names, ConfusionCounts counts) {
        this.runId = runId;
        this.names = names;
        this.counts = counts;
        int[] rank = codePointRank(names.classes());
        order = new int[counts.size()];
        Arrays.setAll(order, index -> index);
        IntArrays.quickSort(order, (left, right) -> {
            int comparison = Integer.compare(counts.annotator(left), counts.annotator(right));
            comparison = comparison != 0
                    ? comparison
                    : Integer.compare(rank[counts.consensusClass(left)], rank[counts.consensusClass(right)]);
            return comparison != 0
                    ? comparison
                    : Integer.compare(rank[counts.givenClass(left)], rank[counts.givenClass(right)]);
        });
    }

    private static int[] codePointRank(Utf8Texts classes) {
        int[] order = new int[classes.size()];
        Arrays.setAll(order, label -> label);
        IntArrays.quickSort(order, (left, right) -> Utf8Texts.compare(classes, left, classes, right));
        int[] rank = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            rank[order[place]] = place;
        }
        return rank;
    }

    @Override
    public ResultTableDefinition definition() {
        return DEFINITION;
    }

    @Override
    public int rowCount() {
        return order.length;
    }

    @Override
    public void write(int row, BinaryCopyWriter target) {
        int index = order[row];
        target.beginRow(definition(), runId);
        target.text(names.annotators(), counts.annotator(index));
        target.text(names.classes(), counts.consensusClass(index));
        target.text(names.classes(), counts.givenClass(index));
        target.integer(Math.toIntExact(counts.count(index)));
    }
}
