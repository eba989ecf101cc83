package dev.crowdlab.results;

import dev.crowdlab.dataset.DatasetNames;
import dev.crowdlab.dataset.id.Utf8Texts;
import dev.crowdlab.engine.annotator.ConfusionCounts;
import it.unimi.dsi.fastutil.ints.IntArrays;
import java.util.Arrays;

/** How often each annotator gave each label, by published consensus label, in the order of their texts. */
final class ConfusionRows {

    private final DatasetNames names;
    private final ConfusionCounts counts;
    /** The counts in key order, which is by label text and not by class index. */
    private final int[] order;

    ConfusionRows(DatasetNames names, ConfusionCounts counts) {
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

    DatasetNames names() {
        return names;
    }

    int size() {
        return order.length;
    }

    int annotator(int row) {
        return counts.annotator(order[row]);
    }

    int consensusClass(int row) {
        return counts.consensusClass(order[row]);
    }

    int givenClass(int row) {
        return counts.givenClass(order[row]);
    }

    int count(int row) {
        return Math.toIntExact(counts.count(order[row]));
    }
}
