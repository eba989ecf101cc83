package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Pass;

/** Compares the labels of each pair of chosen annotators on their common examples; writes nothing. */
public final class PairPass implements Pass<PairPass.Cells> {

    private final PairLayout layout;

    public PairPass(PairLayout layout) {
        this.layout = layout;
    }

    @Override
    public Cells newStatistics(Dimensions dimensions) {
        return new Cells(layout);
    }

    @Override
    public void collect(Block block, Cells statistics) {
        Chosen chosen = new Chosen(layout);
        for (int example = block.from(); example < block.to(); example++) {
            chosen.take(block.annotations(), example);
            for (int one = 0; one < chosen.count; one++) {
                for (int other = one + 1; other < chosen.count; other++) {
                    statistics.addPair(layout, chosen.pair(one, other), chosen.labels[one], chosen.labels[other]);
                }
            }
        }
    }

    /** The annotations of an example by chosen annotators, in the order of their numbers. */
    @NotThreadSafe
    static final class Chosen {

        private final PairLayout layout;
        private final int[] numbers;
        final int[] labels;
        int count;

        Chosen(PairLayout layout) {
            this.layout = layout;
            numbers = new int[layout.chosenCount()];
            labels = new int[layout.chosenCount()];
        }

        void take(Annotations annotations, int example) {
            count = 0;
            int end = annotations.end(example);
            for (int position = annotations.start(example); position < end; position++) {
                int number = layout.number(annotations.annotator(position));
                if (number >= 0) {
                    numbers[count] = number;
                    labels[count++] = annotations.label(position);
                }
            }
        }

        int pair(int one, int other) {
            return layout.pair(numbers[one], numbers[other]);
        }
    }

    /** The counts for which {@link PairLayout} has cells. */
    public static final class Cells implements Mergeable<Cells> {

        private final int[] cells;

        Cells(PairLayout layout) {
            cells = new int[layout.cellCount()];
        }

        void addPair(PairLayout layout, int pair, int first, int second) {
            cells[layout.common(pair)] += 1;
            cells[layout.agreed(pair)] += first == second ? 1 : 0;
            cells[layout.first(pair, first)] += 1;
            cells[layout.second(pair, second)] += 1;
        }

        @Override
        public void add(Cells other) {
            for (int cell = 0; cell < cells.length; cell++) {
                cells[cell] += other.cells[cell];
            }
        }

        int count(int cell) {
            return cells[cell];
        }
    }
}
