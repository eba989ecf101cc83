package dev.crowdlab.engine;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The posteriors of some consecutive contested examples under one expert after the other. What annotators say counts by products of
 * probabilities, each with the example's own share taken off its counts, and each at least 1e-9.
 *
 * <p>Pairs of an annotation and a slot of its example lie in one list, by example, annotation and slot, so that the loops over them
 * are long: these take nearly all the time of a round. Working memory of one thread.
 */
@NotThreadSafe
final class ContestedBatch {

    /** The least probability of a label. */
    static final double FLOOR = 1e-9;

    /** The number of pairs that fits into the processor's cache. */
    private static final int ENOUGH_PAIRS = 4_096;

    /** The number of factors, each at least the floor, whose product cannot underflow to 0. */
    private static final int MAX_FACTORS = 32;

    private final CellLayout layout;
    private final Annotations annotations;
    private final Candidates candidates;
    private final FixedLabels fixed;
    private int[] examples = new int[256];
    private int exampleCount;
    /** The slice's number of the first slot here. */
    private int firstSlot;

    private int slotCount;
    private int[] cells = new int[2 * ENOUGH_PAIRS];
    private int[] rows = new int[2 * ENOUGH_PAIRS];
    private int[] slots = new int[2 * ENOUGH_PAIRS];
    private int pairCount;
    /** Where products would become too small: the pair after which, then the first slot and the slot after the last. */
    private int[] breaks = new int[24];

    private int breakCount;
    /** [slots] which of the examples here. */
    private int[] owners = new int[512];
    /** [slots] */
    private int[] labels = new int[512];
    /** [slots] products of probabilities, then weights, which are proportional to posteriors. */
    private double[] weights = new double[512];
    /** [examples] sums of weights, then what turns a weight into a posterior. */
    private double[] scales = new double[256];
    /** [models][slots] logarithms of the probabilities that models give. */
    private final double[][] modelLogs;

    private ContestedBatch(CellLayout layout, Slice slice) {
        this.layout = layout;
        annotations = slice.annotations();
        candidates = slice.get(CandidatePass.CANDIDATES);
        fixed = FixedLabels.of(slice);
        modelLogs = new double[slice.predictions().modelCount()][512];
    }

    /** Takes the contested examples of a block, some at a time. */
    static void forEach(CellLayout layout, Block block, Consumer<ContestedBatch> taker) {
        ContestedBatch batch = new ContestedBatch(layout, block.input());
        for (int example = block.from(); example < block.to(); example++) {
            if (batch.candidates.count(example) > 0) {
                batch.add(block, example);
            }
            if (batch.isFull() || example == block.to() - 1) {
                taker.accept(batch);
                batch.clear();
            }
        }
    }

    private void clear() {
        exampleCount = 0;
        slotCount = 0;
        pairCount = 0;
        breakCount = 0;
    }

    /** Returns whether what is here is to be treated before more is added. */
    private boolean isFull() {
        return pairCount >= ENOUGH_PAIRS;
    }

    /** Adds the example, which has slots, and comes after those that are here. */
    private void add(Block block, int example) {
        int width = candidates.count(example);
        int start = candidates.start(example);
        if (exampleCount == 0) {
            firstSlot = start;
        }
        makeRoom(annotations.size(example), width);
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
        int first = annotations.start(example);
        for (int position = first; position < annotations.end(example); position++) {
            if (position > first && (position - first) % MAX_FACTORS == 0) {
                breaks[breakCount++] = pairCount;
                breaks[breakCount++] = slotCount;
                breaks[breakCount++] = slotCount + width;
            }
            addPairs(annotations.annotator(position), annotations.label(position), width);
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
            scales = Arrays.copyOf(scales, 2 * exampleCount);
        }
        if (slotCount + width > weights.length) {
            weights = Arrays.copyOf(weights, 2 * (slotCount + width));
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

    /**
     * Computes the weights of all slots, which are proportional to posteriors.
     *
     * @param own [slots of the slice] posteriors that are part of the counts, in units of 2^-30; not modified
     * @param dependence of annotations of one example; 0: they are independent. Without models it does not matter
     */
    void weigh(ExpertTable table, int[] own, double dependence) {
        multiply(table, own);
        if (modelLogs.length == 0) {
            weighByClass(table);
        } else {
            weighByModels(table, dependence);
        }
        fix();
    }

    /**
     * Multiplies the probabilities of all labels.
     *
     * @param own [slots of the slice] posteriors that are part of the counts, in units of 2^-30; not modified
     */
    private void multiply(ExpertTable table, int[] own) {
        Arrays.fill(weights, 0, slotCount, 1);
        int from = 0;
        for (int next = 0; next < breakCount; next += 3) {
            multiply(table, own, from, breaks[next]);
            divideByGreatest(breaks[next + 1], breaks[next + 2]);
            from = breaks[next];
        }
        multiply(table, own, from, pairCount);
    }

    private void multiply(ExpertTable table, int[] own, int from, int to) {
        double[] numerators = table.numerators;
        double[] denominators = table.denominators;
        double[] products = weights;
        for (int pair = from; pair < to; pair++) {
            int slot = slots[pair];
            products[slot] *= probability(numerators[cells[pair]], denominators[rows[pair]], own[firstSlot + slot]);
        }
    }

    private static double probability(double numerator, double denominator, double own) {
        double probability = (numerator - own) / (denominator - own);
        return probability > FLOOR ? probability : FLOOR;
    }

    private void divideByGreatest(int from, int to) {
        double greatest = 0;
        for (int slot = from; slot < to; slot++) {
            greatest = Math.max(greatest, weights[slot]);
        }
        for (int slot = from; slot < to; slot++) {
            weights[slot] /= greatest;
        }
    }

    /** Multiplies products with class shares, where there are no models. */
    private void weighByClass(ExpertTable table) {
        double[] shares = table.shares;
        for (int slot = 0; slot < slotCount; slot++) {
            weights[slot] *= shares[labels[slot]];
        }
    }

    /**
     * Takes products to the power of their example and multiplies them with what class shares and models say.
     *
     * @param dependence of annotations of one example
     */
    private void weighByModels(ExpertTable table, double dependence) {
        double[] highest = scales;
        Arrays.fill(highest, 0, exampleCount, Double.NEGATIVE_INFINITY);
        for (int slot = 0; slot < slotCount; slot++) {
            double power = power(annotations.size(examples[owners[slot]]), dependence);
            double logarithm = power * Logarithm.rough(weights[slot]) + table.term.classes[labels[slot]];
            for (int model = 0; model < modelLogs.length; model++) {
                logarithm += table.term.models[model] * modelLogs[model][slot];
            }
            weights[slot] = logarithm;
            highest[owners[slot]] = Math.max(highest[owners[slot]], logarithm);
        }
        for (int slot = 0; slot < slotCount; slot++) {
            weights[slot] = Exponential.rough(weights[slot] - highest[owners[slot]]);
        }
    }

    /** Makes the classes certain that examples are fixed to. */
    private void fix() {
        if (!fixed.areAny()) {
            return;
        }
        for (int slot = 0; slot < slotCount; slot++) {
            int label = fixed.label(examples[owners[slot]]);
            if (label != FixedLabels.FREE) {
                weights[slot] = labels[slot] == label ? 1 : 0;
            }
        }
    }

    /** Returns for how much an annotation counts among so many of the same example. */
    static double power(int size, double dependence) {
        return 1 / (1 + (size - 1) * dependence);
    }

    /**
     * Writes the posteriors after the round.
     *
     * @param before [slots of the slice] in units of 2^-30; not modified
     * @param after [slots of the slice] written into, in units of 2^-30
     * @param cellSums [cells] sums of posteriors, added to
     * @param classSums [classes] sums of posteriors, added to
     * @return the sum of absolute changes, in units of 2^-30
     */
    long write(int[] before, int[] after, long[] cellSums, long[] classSums) {
        fillScales();
        long change = 0;
        for (int slot = 0; slot < slotCount; slot++) {
            int posterior = (int) (weights[slot] * scales[owners[slot]] + 0.5);
            change += Math.abs(posterior - before[firstSlot + slot]);
            after[firstSlot + slot] = posterior;
            classSums[labels[slot]] += posterior;
        }
        for (int pair = 0; pair < pairCount; pair++) {
            cellSums[cells[pair]] += after[firstSlot + slots[pair]];
        }
        return change;
    }

    private void fillScales() {
        Arrays.fill(scales, 0, exampleCount, 0);
        for (int slot = 0; slot < slotCount; slot++) {
            scales[owners[slot]] += weights[slot];
        }
        for (int index = 0; index < exampleCount; index++) {
            scales[index] = Grid.SCALE / scales[index];
        }
    }

    /**
     * Sums up how well each annotation of an example with several is predicted by the posterior without it: the logarithm of
     * the mean probability of its label.
     *
     * @param own as in {@link #weigh}
     * @param sums added to, from {@code index} on, in two parts
     */
    void leaveOneOut(ExpertTable table, double dependence, int[] own, long[] sums, int index) {
        int pair = 0;
        for (int place = 0; place < exampleCount; place++) {
            int size = annotations.size(examples[place]);
            int width = candidates.count(examples[place]);
            double power = power(size, dependence);
            for (int annotation = 0; annotation < size; annotation++) {
                double predicted = predicted(table, own, pair, pair + width, power);
                pair += width;
                if (size > 1) {
                    Grid.add(sums, index, Grid.of(Logarithm.of(Math.max(FLOOR, predicted))));
                }
            }
        }
    }

    /** Returns the probability of the annotation whose pairs these are, under weights without it. */
    private double predicted(ExpertTable table, int[] own, int from, int to, double power) {
        double sum = 0;
        double total = 0;
        for (int pair = from; pair < to; pair++) {
            int slot = slots[pair];
            double probability =
                    probability(table.numerators[cells[pair]], table.denominators[rows[pair]], own[firstSlot + slot]);
            double without = weights[slot] * Exponential.of(-power * Logarithm.of(probability));
            sum += without * probability;
            total += without;
        }
        return sum / total;
    }
}
