package dev.crowdlab.engine.agreement;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;

/** Sums up how far the labels of each pair of chosen annotators are apart on their common examples; writes nothing. */
public final class PairDistancePass implements Pass<PairDistancePass.Distances> {

    private final PairLayout layout;
    private final ClassScale scale;

    public PairDistancePass(PairLayout layout, ClassScale scale) {
        this.layout = layout;
        this.scale = scale;
    }

    @Override
    public Distances newStatistics(Dimensions dimensions) {
        return new Distances(layout.pairCount());
    }

    @Override
    public void collect(Block block, Distances statistics) {
        PairPass.Chosen chosen = new PairPass.Chosen(layout);
        for (int example = block.from(); example < block.to(); example++) {
            chosen.take(block.annotations(), example);
            for (int one = 0; one < chosen.count; one++) {
                for (int other = one + 1; other < chosen.count; other++) {
                    long difference = Math.abs(scale.place(chosen.labels[one]) - scale.place(chosen.labels[other]));
                    int pair = chosen.pair(one, other);
                    statistics.linear[pair] += difference;
                    statistics.squared[pair] += difference * difference;
                }
            }
        }
    }

    /** The sums over the common examples of each pair. */
    public static final class Distances implements Mergeable<Distances> {

        /** [pairs] of the differences of places, without sign. */
        final long[] linear;
        /** [pairs] of their squares. */
        final long[] squared;

        Distances(int pairCount) {
            linear = new long[pairCount];
            squared = new long[pairCount];
        }

        @Override
        public void add(Distances other) {
            Mergeable.add(linear, other.linear);
            Mergeable.add(squared, other.squared);
        }
    }
}
