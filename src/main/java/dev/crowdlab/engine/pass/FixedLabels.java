package dev.crowdlab.engine.pass;

import dev.crowdlab.engine.gold.GoldUse;

/**
 * The classes that the consensus of a slice's examples is fixed to, see {@link GoldUse#FIX}. Immutable; safe for use by
 * many threads.
 */
public final class FixedLabels {

    /** The class of an example whose consensus is not fixed. */
    public static final int FREE = -1;

    /** [examples] the fixed class, or {@link #FREE}. */
    private static final Column<int[]> FIXED = new Column<>("fixed");

    private static final FixedLabels NONE = new FixedLabels(new int[0]);

    private final int[] labels;

    private FixedLabels(int[] labels) {
        this.labels = labels;
    }

    /** Returns the fixed classes of the slice; none unless {@link FixPass} has run. */
    public static FixedLabels of(Slice slice) {
        return slice.has(FIXED) ? new FixedLabels(slice.get(FIXED)) : NONE;
    }

    /** Returns whether any example may be fixed. */
    public boolean areAny() {
        return labels.length > 0;
    }

    /** Returns the class that the example is fixed to, or {@link #FREE}. */
    public int label(int example) {
        return labels.length == 0 ? FREE : labels[example];
    }

    /** Looks whether any example may be fixed. */
    public static final class LookPass implements Pass<LookPass.Seen> {

        @Override
        public Seen newStatistics(Dimensions dimensions) {
            return new Seen();
        }

        @Override
        public void collect(Block block, Seen seen) {
            seen.blocks[0] += FixedLabels.of(block.input()).areAny() ? 1 : 0;
        }

        /** Whether a block has such examples. */
        public static final class Seen implements Mergeable<Seen> {

            /** [1] blocks with such examples. */
            private final long[] blocks = new long[1];

            @Override
            public void add(Seen other) {
                Mergeable.add(blocks, other.blocks);
            }

            /** Returns whether any example may be fixed. */
            public boolean isAny() {
                return blocks[0] > 0;
            }
        }
    }

    /** First pass where there is gold to use: fixes the consensus to {@link Column#GOLD}. */
    public static final class FixPass implements Pass<Mergeable.None> {

        @Override
        public Mergeable.None newStatistics(Dimensions dimensions) {
            return new Mergeable.None();
        }

        @Override
        public Slice open(Slice slice) {
            return slice.with(FIXED, slice.get(Column.GOLD));
        }

        @Override
        public void collect(Block block, Mergeable.None nothing) {
            // the column is there already
        }
    }
}
