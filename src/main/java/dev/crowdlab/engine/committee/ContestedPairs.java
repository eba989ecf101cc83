package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;
import java.util.Arrays;

/**
 * Some consecutive contested examples as {@link ContestedBatch} goes through them: the slots of each, which are its candidates, and the
 * pairs of an annotation and a slot of its example. Pairs lie in one list, by example, annotation and slot, so that the loops over them
 * are long. Others read the arrays, up to the counts, and do not modify them. Working memory of one thread.
 */
@NotThreadSafe
final class ContestedPairs {

    /** The number of pairs that fits into the processor's cache. */
    private static final int ENOUGH_PAIRS = 4_096;

    /** The number of factors, each at least the floor, whose product cannot underflow to 0. */
    static final int MAX_FACTORS = 32;

    private final CellLayout layout;
    private final Annotations answers;
    private final Candidates candidates;
    /** Numbers of the examples here. */
    int[] examples = new int[256];

    int exampleCount;
    /** The slice's number of the first slot here. */
    int firstSlot;

    int slotCount;
    /** [pairs] of the layout: annotator, given class, true class. */
    int[] cells = new int[2 * ENOUGH_PAIRS];
    /** [pairs] of the layout: annotator, true class. */
    int[] rows = new int[2 * ENOUGH_PAIRS];
    /** [pairs] */
    int[] slots = new int[2 * ENOUGH_PAIRS];

    int pairCount;
    /** Where products would become too small: the pair after which, then the first slot and the slot after the last. */
    int[] breaks = new int[24];

    int breakCount;
    /** [slots] which of the examples here. */
    int[] owners = new int[512];
    /** [slots] */
    int[] labels = new int[512];
    /** [models][slots] logarithms of the probabilities that models give. */
    final double[][] modelLogs;

    ContestedPairs(CellLayout layout, Slice slice) {
        this.layout = layout;
        answers = slice.answers();
        candidates = slice.get(CandidatePass.CANDIDATES);
        modelLogs = new double[slice.predictions().modelCount()][512];
    }

    /** Returns whether the example has slots: more than one label is possible. */
    boolean isContested(int example) {
        return candidates.count(example) > 0;
    }

    /** Returns the number of slots of the example. */
    int width(int example) {
        return candidates.count(example);
    }

    void clear() {
        exampleCount = 0;
        slotCount = 0;
        pairCount = 0;
        breakCount = 0;
    }

    /** Returns whether what is here is to be treated before more is added. */
    boolean isFull() {
        return pairCount >= ENOUGH_PAIRS;
    }

    /** Adds the example, which has slots, and comes after those that are here. */
    void add(Block block, int example) {
        int width = candidates.count(example);
        int start = candidates.start(example);
        if (exampleCount == 0) {
            firstSlot = start;
        }
        makeRoom(answers.size(example), width);
        for (int slot = 0; slot < width; slot++) {
            owners[slotCount + slot] = exampleCount;
            labels[slotCount + slot] = candidates.label(start + slot);
        }
        for (int model = 0; model < modelLogs.length; model++) {
            for (int slot = slotCount; slot < slotCount + width; slot++) {
                modelLogs[model][slot] = ModelLogs.of(block.predictions(), model, example, labels[slot]);
            }
        }
        examples[exampleCount++] = example;
        int first = answers.start(example);
        for (int position = first; position < answers.end(example); position++) {
            if (position > first && (position - first) % MAX_FACTORS == 0) {
                breaks[breakCount++] = pairCount;
                breaks[breakCount++] = slotCount;
                breaks[breakCount++] = slotCount + width;
            }
            addPairs(answers.annotator(position), answers.label(position), width);
        }
        slotCount += width;
    }

    private void addPairs(int annotator, int given, int width) {
        int dense = layout.denseCell(annotator);
        if (dense >= 0) {
            int cell = dense + given * layout.classCount();
            int row = layout.firstRow(annotator);
            for (int slot = slotCount; slot < slotCount + width; slot++) {
                addPair(cell + labels[slot], row + labels[slot], slot);
            }
        } else {
            int cell = layout.firstCell(layout.group(annotator, given));
            for (int slot = slotCount; slot < slotCount + width; slot++) {
                while (layout.label(cell) < labels[slot]) {
                    cell++;
                }
                addPair(cell, layout.row(cell), slot);
            }
        }
    }

    private void addPair(int cell, int row, int slot) {
        cells[pairCount] = cell;
        rows[pairCount] = row;
        slots[pairCount++] = slot;
    }

    private void makeRoom(int size, int width) {
        int pairs = Math.addExact(pairCount, Math.multiplyExact(size, width));
        if (pairs > cells.length) {
            cells = Arrays.copyOf(cells, pairs);
            rows = Arrays.copyOf(rows, pairs);
            slots = Arrays.copyOf(slots, pairs);
        }
        if (exampleCount == examples.length) {
            examples = Arrays.copyOf(examples, 2 * exampleCount);
        }
        if (slotCount + width > owners.length) {
            owners = Arrays.copyOf(owners, 2 * (slotCount + width));
            labels = Arrays.copyOf(labels, 2 * (slotCount + width));
            for (int model = 0; model < modelLogs.length; model++) {
                modelLogs[model] = Arrays.copyOf(modelLogs[model], 2 * (slotCount + width));
            }
        }
        int factors = breakCount + 3 * (size / MAX_FACTORS);
        if (factors > breaks.length) {
            breaks = Arrays.copyOf(breaks, 2 * factors);
        }
    }
}
