package dev.crowdlab.engine.vote;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;

/**
 * First pass: counts votes, and decides the majority vote wherever the example alone suffices, by votes or by the
 * models' mean probability, or fixed by {@link FixedLabels}. Where both leave a tie the rule stays NONE for {@link
 * TiePass}.
 */
public final class VotePass implements Pass<Votes> {

    @Override
    public Votes newStatistics(Dimensions dimensions) {
        return new Votes(dimensions);
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(Column.MAJORITY, new ConsensusLabels(slice.exampleCount()));
    }

    @Override
    public void collect(Block block, Votes statistics) {
        Annotations annotations = block.annotations();
        Annotations answers = block.answers();
        ConsensusLabels majority = block.output().get(Column.MAJORITY);
        FixedLabels fixed = FixedLabels.of(block.input());
        VoteCount ballot = new VoteCount(annotations.classCount());
        for (int example = block.from(); example < block.to(); example++) {
            int candidateCount = ballot.open(annotations, example);
            int clear = candidateCount == 1 ? ballot.candidate(0) : -1;
            int winner = fixed.label(example) == FixedLabels.FREE ? clear : fixed.label(example);
            statistics.addVotes(annotations, example, ballot, winner);
            if (winner >= 0) {
                majority.decide(example, winner, TieBreak.VOTES);
            } else if (ballot.keepMostProbable(block.predictions(), example, candidateCount) == 1) {
                majority.decide(example, ballot.candidate(0), TieBreak.MODEL);
            }
            if (majority.isDecided(example)) {
                int label = majority.label(example);
                statistics.majority.addExample(block, example, label, ballot.votes(label));
            }
            ballot.close(annotations, example);
            if (answers != annotations) {
                statistics.addAbstentions(answers, example, annotations.size(example));
            }
        }
    }
}
