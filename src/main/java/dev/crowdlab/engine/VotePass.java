package dev.crowdlab.engine;

/**
 * First pass: counts votes, and decides the majority vote wherever the example alone suffices, by votes or by the
 * models' mean probability. Where both leave a tie the rule stays NONE for {@link TiePass}.
 */
final class VotePass {

    private final ConsensusLabels majority;

    VotePass(ConsensusLabels majority) {
        this.majority = majority;
    }

    void collect(Block block, VoteStatistics statistics) {
        Annotations annotations = block.annotations();
        VoteCount ballot = new VoteCount(annotations.classCount());
        for (int example = block.from(); example < block.to(); example++) {
            int candidateCount = ballot.open(annotations, example);
            statistics.addVotes(annotations, example, ballot, candidateCount == 1 ? ballot.candidate(0) : -1);
            if (candidateCount == 1) {
                majority.decide(example, ballot.candidate(0), TieBreak.VOTES);
            } else if (ballot.keepMostProbable(block.predictions(), example, candidateCount) == 1) {
                majority.decide(example, ballot.candidate(0), TieBreak.MODEL);
            }
            if (majority.isDecided(example)) {
                int label = majority.label(example);
                statistics.majority.addExample(block, example, label, ballot.votes(label));
            }
            ballot.close(annotations, example);
        }
    }
}
