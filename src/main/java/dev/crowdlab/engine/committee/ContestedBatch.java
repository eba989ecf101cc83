package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The posteriors of some consecutive contested examples under one expert after the other. What annotators say counts by
 * products of probabilities, each with the example's own share taken off its counts, and each at least 1e-9. The loops
 * over the {@link ContestedPairs} take nearly all the time of a round. Working memory of one thread.
 */
@NotThreadSafe
final class ContestedBatch {

    /** The least probability of a label. */
    static final double FLOOR = 1e-9;

    private final ContestedPairs pairs;
    private final Annotations answers;
    private final FixedLabels fixed;
    /** [slots] products of probabilities, then weights, which are proportional to posteriors. */
    private double[] weights = new double[512];
    /** [examples] sums of weights, then what turns a weight into a posterior. */
    private double[] scales = new double[256];

    private ContestedBatch(CellLayout layout, Slice slice) {
        pairs = new ContestedPairs(layout, slice);
        answers = slice.answers();
        fixed = FixedLabels.of(slice);
    }

    /** Takes the contested examples of a block, some at a time. */
    static void forEach(CellLayout layout, Block block, Consumer<ContestedBatch> taker) {
        ContestedBatch batch = new ContestedBatch(layout, block.input());
        for (int example = block.from(); example < block.to(); example++) {
            if (batch.pairs.isContested(example)) {
                batch.pairs.add(block, example);
            }
            if (batch.pairs.isFull() || example == block.to() - 1) {
                taker.accept(batch);
                batch.pairs.clear();
            }
        }
    }

    /**
     * Computes the weights of all slots, which are proportional to posteriors.
     *
     * @param own [slots of the slice] posteriors that are part of the counts, in units of 2^-30; not modified
     * @param dependence of annotations of one example; 0: they are independent. Without models it does not matter
     */
    void weigh(ExpertTable table, int[] own, double dependence) {
        makeRoom();
        multiply(table, own);
        if (pairs.modelLogs.length == 0) {
            weighByClass(table);
        } else {
            weighByModels(table, dependence);
        }
        fix();
    }

    private void makeRoom() {
        if (pairs.slotCount > weights.length) {
            weights = new double[2 * pairs.slotCount];
        }
        if (pairs.exampleCount > scales.length) {
            scales = new double[2 * pairs.exampleCount];
        }
    }

    /**
     * Multiplies the probabilities of all labels.
     *
     * @param own [slots of the slice] posteriors that are part of the counts, in units of 2^-30; not modified
     */
    private void multiply(ExpertTable table, int[] own) {
        Arrays.fill(weights, 0, pairs.slotCount, 1);
        int from = 0;
        for (int next = 0; next < pairs.breakCount; next += 3) {
            multiply(table, own, from, pairs.breaks[next]);
            divideByGreatest(pairs.breaks[next + 1], pairs.breaks[next + 2]);
            from = pairs.breaks[next];
        }
        multiply(table, own, from, pairs.pairCount);
    }

    private void multiply(ExpertTable table, int[] own, int from, int to) {
        double[] numerators = table.numerators;
        double[] denominators = table.denominators;
        double[] products = weights;
        int[] cells = pairs.cells;
        int[] rows = pairs.rows;
        int[] slots = pairs.slots;
        int firstSlot = pairs.firstSlot;
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
        for (int slot = 0; slot < pairs.slotCount; slot++) {
            weights[slot] *= shares[pairs.labels[slot]];
        }
    }

    /**
     * Takes products to the power of their example and multiplies them with what class shares and models say.
     *
     * @param dependence of annotations of one example
     */
    private void weighByModels(ExpertTable table, double dependence) {
        double[] highest = scales;
        Arrays.fill(highest, 0, pairs.exampleCount, Double.NEGATIVE_INFINITY);
        for (int slot = 0; slot < pairs.slotCount; slot++) {
            double power = power(answers.size(pairs.examples[pairs.owners[slot]]), dependence);
            double logarithm = power * Logarithm.rough(weights[slot]) + table.term.classes[pairs.labels[slot]];
            for (int model = 0; model < pairs.modelLogs.length; model++) {
                logarithm += table.term.models[model] * pairs.modelLogs[model][slot];
            }
            weights[slot] = logarithm;
            highest[pairs.owners[slot]] = Math.max(highest[pairs.owners[slot]], logarithm);
        }
        for (int slot = 0; slot < pairs.slotCount; slot++) {
            weights[slot] = Exponential.rough(weights[slot] - highest[pairs.owners[slot]]);
        }
    }

    /** Makes the classes certain that examples are fixed to. */
    private void fix() {
        if (!fixed.areAny()) {
            return;
        }
        for (int slot = 0; slot < pairs.slotCount; slot++) {
            int label = fixed.label(pairs.examples[pairs.owners[slot]]);
            if (label != FixedLabels.FREE) {
                weights[slot] = pairs.labels[slot] == label ? 1 : 0;
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
        int firstSlot = pairs.firstSlot;
        long change = 0;
        for (int slot = 0; slot < pairs.slotCount; slot++) {
            int posterior = (int) (weights[slot] * scales[pairs.owners[slot]] + 0.5);
            change += Math.abs(posterior - before[firstSlot + slot]);
            after[firstSlot + slot] = posterior;
            classSums[pairs.labels[slot]] += posterior;
        }
        int[] cells = pairs.cells;
        int[] slots = pairs.slots;
        for (int pair = 0; pair < pairs.pairCount; pair++) {
            cellSums[cells[pair]] += after[firstSlot + slots[pair]];
        }
        return change;
    }

    private void fillScales() {
        Arrays.fill(scales, 0, pairs.exampleCount, 0);
        for (int slot = 0; slot < pairs.slotCount; slot++) {
            scales[pairs.owners[slot]] += weights[slot];
        }
        for (int index = 0; index < pairs.exampleCount; index++) {
            scales[index] = Grid.SCALE / scales[index];
        }
    }

    /**
     * Sums up how well each annotation of an example with several is predicted by the posterior without it: the
     * logarithm of the mean probability of its label.
     *
     * @param own as in {@link #weigh}
     * @param sums added to, from {@code index} on, in two parts
     */
    void leaveOneOut(ExpertTable table, double dependence, int[] own, long[] sums, int index) {
        int pair = 0;
        for (int place = 0; place < pairs.exampleCount; place++) {
            int size = answers.size(pairs.examples[place]);
            int width = pairs.width(pairs.examples[place]);
            double power = power(size, dependence);
            for (int answer = 0; answer < size; answer++) {
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
            int slot = pairs.slots[pair];
            double probability = probability(
                    table.numerators[pairs.cells[pair]],
                    table.denominators[pairs.rows[pair]],
                    own[pairs.firstSlot + slot]);
            double without = weights[slot] * Exponential.of(-power * Logarithm.of(probability));
            sum += without * probability;
            total += without;
        }
        return sum / total;
    }
}
