package dev.crowdlab.engine.vote;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;

/**
 * Takes the majority vote as consensus: the same labels, with the rule NONE in place of VOTES, since to be decided by
 * votes alone is no tie.
 */
public final class MajorityConsensusPass implements Pass<Mergeable.None> {

    private final Column<ConsensusLabels> consensus;

    /**
     * Prepares the pass.
     *
     * @param consensus written
     */
    public MajorityConsensusPass(Column<ConsensusLabels> consensus) {
        this.consensus = consensus;
    }

    @Override
    public Mergeable.None newStatistics(Dimensions dimensions) {
        return new Mergeable.None();
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(consensus, new ConsensusLabels(slice.exampleCount()));
    }

    @Override
    public void collect(Block block, Mergeable.None nothing) {
        ConsensusLabels majority = block.input().get(Column.MAJORITY);
        ConsensusLabels chosen = block.output().get(consensus);
        for (int example = block.from(); example < block.to(); example++) {
            TieBreak rule = majority.rule(example);
            chosen.decide(example, majority.label(example), rule == TieBreak.VOTES ? TieBreak.NONE : rule);
        }
    }
}
