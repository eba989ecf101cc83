package dev.crowdlab.engine.stop;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.share.SamplePrefix;
import dev.crowdlab.engine.share.SampledGold;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Decides what every example needs, writes it into {@link StopEstimates#STATES}, and counts. */
public final class StopPass implements Pass<StopPass.Counts> {

    private final StopRule rule;
    private final GoldShift shift;
    private final Source source;

    /**
     * Where probabilities and gold come from.
     *
     * @param method whose consensus and quality are in their columns; the quality is the probability
     * @param areKnown whether probabilities are known: not if no example has two annotations
     * @param hasGold whether there is gold to be compared with
     * @param prefix how far the sample is answered; null if nobody says how gold was chosen
     * @param isDecided whether gold is the consensus of its examples, which then need nobody any more
     */
    public record Source(
            ConsensusMethod method,
            boolean areKnown,
            boolean hasGold,
            @Nullable SamplePrefix prefix,
            boolean isDecided) implements Serializable {}

    /** Prepares the pass. */
    public StopPass(StopRule rule, GoldShift shift, Source source) {
        this.rule = rule;
        this.shift = shift;
        this.source = source;
    }

    @Override
    public Counts newStatistics(Dimensions dimensions) {
        return new Counts();
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(StopEstimates.STATES, new byte[slice.exampleCount()]);
    }

    @Override
    public void collect(Block block, Counts counts) {
        Slice slice = block.input();
        double[] qualities = slice.get(Column.quality(source.method));
        ConsensusLabels consensus = slice.get(Column.consensus(source.method));
        int[] before = slice.has(Column.DONE_LABELS) ? slice.get(Column.DONE_LABELS) : new int[0];
        SampledGold gold = SampledGold.of(slice, source.hasGold, source.prefix);
        int[] decided = source.isDecided ? slice.get(Column.GOLD) : new int[0];
        byte[] states = block.output().get(StopEstimates.STATES);
        for (int example = block.from(); example < block.to(); example++) {
            int size = block.annotations().size(example);
            double probability = source.areKnown ? shift.apply(qualities[example]) : Double.NaN;
            boolean isKept = before.length > 0 && before[example] == size;
            boolean isDecided = decided.length > 0 && decided[example] >= 0;
            StopState state = isKept || isDecided ? StopState.DONE : rule.state(probability, size);
            int code = StopEstimates.code(state, isKept, size >= rule.maxLabels(), isDecided);
            states[example] = (byte) code;
            counts.byCode[code] += 1;
            if (state == StopState.DONE && gold.label(example) >= 0) {
                counts.gold[0] += 1;
                counts.gold[1] += gold.label(example) == consensus.label(example) ? 1 : 0;
            }
        }
    }

    /** How many examples are in each state. */
    public static final class Counts implements Mergeable<Counts> {

        /** [codes] examples. */
        final long[] byCode = new long[StopEstimates.CODES];
        /** [2] examples that are done and have random gold, and those of them that are right. */
        final long[] gold = new long[2];

        /** The same states, with what gold says of others. */
        Counts withGold(Counts other) {
            System.arraycopy(other.gold, 0, gold, 0, gold.length);
            return this;
        }

        @Override
        public void add(Counts other) {
            Mergeable.add(byCode, other.byCode);
            Mergeable.add(gold, other.gold);
        }
    }
}
