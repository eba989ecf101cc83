package dev.crowdlab.engine.gold;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import java.util.List;

/** Compares annotations and every method's consensus with {@link Column#GOLD}. */
public final class GoldPass implements Pass<GoldPass.Counts> {

    /** The class of an example without gold label. */
    static final int UNKNOWN = -1;

    private final List<ConsensusMethod> methods;

    /**
     * Prepares the pass.
     *
     * @param methods whose consensus and quality are in their columns
     */
    public GoldPass(List<ConsensusMethod> methods) {
        this.methods = List.copyOf(methods);
    }

    @Override
    public Counts newStatistics(Dimensions dimensions) {
        return new Counts(dimensions, methods.size());
    }

    @Override
    public void collect(Block block, Counts counts) {
        int[] gold = block.input().get(Column.GOLD);
        Annotations annotations = block.annotations();
        for (int example = block.from(); example < block.to(); example++) {
            if (gold[example] != UNKNOWN) {
                counts.examples[0] += 1;
                for (int position = annotations.start(example); position < annotations.end(example); position++) {
                    int annotator = annotations.annotator(position);
                    counts.labels[annotator] += 1;
                    counts.rightLabels[annotator] += annotations.label(position) == gold[example] ? 1 : 0;
                }
            }
        }
        for (int method = 0; method < methods.size(); method++) {
            collect(block, method, gold, counts);
        }
    }

    private void collect(Block block, int method, int[] gold, Counts counts) {
        ConsensusLabels consensus = block.input().get(Column.consensus(methods.get(method)));
        double[] qualities = block.input().get(Column.quality(methods.get(method)));
        for (int example = block.from(); example < block.to(); example++) {
            if (gold[example] != UNKNOWN) {
                counts.addConsensus(method, consensus.label(example) == gold[example], qualities[example]);
            }
        }
    }

    /** How many labels equal gold, by annotator and by method and quality. */
    public static final class Counts implements Mergeable<Counts> {

        private static final int RIGHT = 1;
        private static final int QUALITY = 2;
        private static final int COLUMNS = 4;

        /** [1] the examples with gold. */
        public final long[] examples = new long[1];
        /** [annotators] the labels of examples with gold. */
        public final long[] labels;
        /** [annotators] those of them that equal gold. */
        public final long[] rightLabels;
        /** [methods × bins × 4] examples, those that equal gold, and the exact sum of their qualities in two halves. */
        private final long[] bins;

        Counts(Dimensions dimensions, int methodCount) {
            labels = new long[dimensions.annotatorCount()];
            rightLabels = new long[dimensions.annotatorCount()];
            bins = new long[methodCount * CalibrationBin.BIN_COUNT * COLUMNS];
        }

        void addConsensus(int method, boolean isRight, double quality) {
            int index = index(method, CalibrationBin.of(quality));
            bins[index] += 1;
            bins[index + RIGHT] += isRight ? 1 : 0;
            FixedPoint.add(bins, index + QUALITY, FixedPoint.of(quality));
        }

        private static int index(int method, int bin) {
            return (method * CalibrationBin.BIN_COUNT + bin - 1) * COLUMNS;
        }

        @Override
        public void add(Counts other) {
            Mergeable.add(examples, other.examples);
            Mergeable.add(labels, other.labels);
            Mergeable.add(rightLabels, other.rightLabels);
            Mergeable.add(bins, other.bins);
        }

        public long count(int method, int bin) {
            return bins[index(method, bin)];
        }

        public long rightCount(int method, int bin) {
            return bins[index(method, bin) + RIGHT];
        }

        public double meanQuality(int method, int bin) {
            int index = index(method, bin);
            return FixedPoint.mean(bins[index + QUALITY], bins[index + QUALITY + 1], bins[index]);
        }
    }
}
