package dev.crowdlab.engine.vote;

import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;

/**
 * Second pass: decides the ties that {@link VotePass} left, by counts over the whole data set. Writes the majority vote
 * anew, those that were decided already included.
 */
public final class TiePass implements Pass<ConsensusStatistics> {

    private final double[] rarities;
    private final double[] accuracies;

    /**
     * Prepares the rules.
     *
     * @param votes statistics of all examples; not modified
     */
    public TiePass(Votes votes) {
        rarities = new double[votes.votesByClass.length];
        for (int label = 0; label < rarities.length; label++) {
            rarities[label] = -votes.votesByClass[label];
        }
        accuracies = firstAccuracies(votes);
    }

    /**
     * Returns [annotators] the share of an annotator's labels equal to the majority where votes alone decide. An
     * annotator without such labels gets the mean over the others, summed in annotator order; all are 0 if none has
     * any, so that the rule keeps every candidate.
     */
    private static double[] firstAccuracies(Votes votes) {
        double[] accuracies = new double[votes.annotatorCount()];
        double sum = 0;
        int known = 0;
        for (int annotator = 0; annotator < accuracies.length; annotator++) {
            if (votes.clearLabels(annotator) > 0) {
                accuracies[annotator] = (double) votes.clearAgreeing(annotator) / votes.clearLabels(annotator);
                sum += accuracies[annotator];
                known += 1;
            }
        }
        double mean = known == 0 ? 0 : sum / known;
        for (int annotator = 0; annotator < accuracies.length; annotator++) {
            if (votes.clearLabels(annotator) == 0) {
                accuracies[annotator] = mean;
            }
        }
        return accuracies;
    }

    @Override
    public ConsensusStatistics newStatistics(Dimensions dimensions) {
        return new ConsensusStatistics(dimensions);
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(Column.MAJORITY, slice.get(Column.MAJORITY).copy());
    }

    @Override
    public void collect(Block block, ConsensusStatistics statistics) {
        Annotations annotations = block.annotations();
        ConsensusLabels votes = block.input().get(Column.MAJORITY);
        ConsensusLabels majority = block.output().get(Column.MAJORITY);
        VoteCount ballot = new VoteCount(annotations.classCount());
        double[] meanAccuracies = new double[annotations.classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            if (!votes.isDecided(example)) {
                int count = ballot.open(annotations, example);
                count = ballot.keepMostProbable(block.predictions(), example, count);
                count = ballot.keepHighest(count, rarities);
                TieBreak rule = TieBreak.CLASS_FREQUENCY;
                if (count > 1) {
                    fillMeanAccuracies(annotations, example, ballot, meanAccuracies);
                    count = ballot.keepHighest(count, meanAccuracies);
                    rule = count == 1 ? TieBreak.ANNOTATOR_ACCURACY : TieBreak.CLASS_ORDER;
                }
                int label = ballot.candidate(0);
                majority.decide(example, label, rule);
                statistics.addExample(block, example, label, ballot.votes(label));
                ballot.close(annotations, example);
            }
        }
    }

    /**
     * Sums the accuracies of those who chose a class in annotator order; only classes with a vote are written.
     */
    private void fillMeanAccuracies(Annotations annotations, int example, VoteCount ballot, double[] meanAccuracies) {
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            meanAccuracies[annotations.label(position)] = 0;
        }
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            meanAccuracies[annotations.label(position)] += accuracies[annotations.annotator(position)];
        }
        for (int label = 0; label < meanAccuracies.length; label++) {
            if (ballot.votes(label) > 0) {
                meanAccuracies[label] /= ballot.votes(label);
            }
        }
    }
}
