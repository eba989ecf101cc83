package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Slice;
import java.util.Arrays;

/** Counts who gave which label where the consensus was which, in the way that a {@link ConfusionLayout} says. */
final class ConfusionCounter {

    private final ConfusionLayout layout;
    private final Column<ConsensusLabels> consensus;

    /**
     * @param layout which annotators have cells, and which a list
     * @param consensus the column of the labels
     */
    ConfusionCounter(ConfusionLayout layout, Column<ConsensusLabels> consensus) {
        this.layout = layout;
        this.consensus = consensus;
    }

    /** See {@link ConfusionCounts#of}. */
    ConfusionCounts count(ConfusionTally tally, Iterable<Slice> slices) {
        int[] listed = new int[layout.listedCount()];
        int[] ends = new int[layout.annotatorCount()];
        Arrays.setAll(ends, layout::start);
        if (listed.length > 0) {
            for (Slice slice : slices) {
                list(slice, listed, ends);
            }
        }
        int size = 0;
        for (int annotator = 0; annotator < ends.length; annotator++) {
            int cells = layout.isListed(annotator)
                    ? sortAndCountDistinct(listed, layout.start(annotator), ends[annotator])
                    : countUsed(tally, layout.start(annotator));
            size = Math.addExact(size, cells);
        }
        ConfusionCells cells = new ConfusionCells(0, ends.length, layout.classCount(), size);
        for (int annotator = 0; annotator < ends.length; annotator++) {
            if (layout.isListed(annotator)) {
                addList(annotator, listed, ends[annotator], cells);
            } else {
                addCells(annotator, tally, cells);
            }
        }
        return cells.end();
    }

    private void list(Slice slice, int[] listed, int[] ends) {
        Annotations annotations = slice.annotations();
        ConsensusLabels labels = slice.get(consensus);
        for (int example = 0; example < annotations.exampleCount(); example++) {
            int label = labels.label(example);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int annotator = annotations.annotator(position);
                if (layout.isListed(annotator)) {
                    listed[ends[annotator]++] = ConfusionCounts.key(label, annotations.label(position));
                }
            }
        }
    }

    private static int sortAndCountDistinct(int[] listed, int from, int to) {
        Arrays.sort(listed, from, to);
        int count = to > from ? 1 : 0;
        for (int place = from + 1; place < to; place++) {
            count += listed[place] == listed[place - 1] ? 0 : 1;
        }
        return count;
    }

    private int countUsed(ConfusionTally tally, int start) {
        int count = 0;
        for (int cell = start; cell < start + layout.classCount() * layout.classCount(); cell++) {
            count += tally.count(cell) > 0 ? 1 : 0;
        }
        return count;
    }

    private void addList(int annotator, int[] listed, int end, ConfusionCells cells) {
        for (int from = layout.start(annotator), to; from < end; from = to) {
            to = from + 1;
            while (to < end && listed[to] == listed[from]) {
                to++;
            }
            cells.add(annotator, listed[from], to - from);
        }
    }

    private void addCells(int annotator, ConfusionTally tally, ConfusionCells cells) {
        int start = layout.start(annotator);
        int classCount = layout.classCount();
        for (int offset = 0; offset < classCount * classCount; offset++) {
            int count = tally.count(start + offset);
            if (count > 0) {
                cells.add(annotator, ConfusionCounts.key(offset / classCount, offset % classCount), count);
            }
        }
    }

    /** See {@link ConfusionCounts#listed}. */
    ConfusionCounts countListed(Slice slice) {
        Annotations annotations = slice.annotations();
        ConsensusLabels labels = slice.get(consensus);
        long[] listed = new long[annotations.annotationCount()];
        int count = 0;
        for (int example = 0; example < annotations.exampleCount(); example++) {
            int label = labels.label(example);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int annotator = annotations.annotator(position);
                if (layout.isListed(annotator)) {
                    int key = ConfusionCounts.key(label, annotations.label(position));
                    listed[count++] = (long) annotator << Integer.SIZE | key;
                }
            }
        }
        Arrays.sort(listed, 0, count);
        return countEqual(listed, count);
    }

    /** Counts equal numbers, each an annotator and a pair of classes. */
    private ConfusionCounts countEqual(long[] sorted, int size) {
        ConfusionCells cells = new ConfusionCells(0, layout.annotatorCount(), layout.classCount(), size);
        for (int from = 0, to; from < size; from = to) {
            to = from + 1;
            while (to < size && sorted[to] == sorted[from]) {
                to++;
            }
            cells.add((int) (sorted[from] >>> Integer.SIZE), (int) sorted[from], to - from);
        }
        return cells.end();
    }
}
