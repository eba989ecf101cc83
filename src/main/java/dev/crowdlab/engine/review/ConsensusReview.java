package dev.crowdlab.engine.review;

import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.vote.Votes;
import java.util.List;
import java.util.Optional;

/**
 * How the published consensus compares with the votes: where rules decided it, where it goes against the annotators,
 * and how far these agree with each other. Counts over all examples. A class or model out of range is an {@link
 * IndexOutOfBoundsException}. Immutable; safe for use by many threads.
 */
public final class ConsensusReview {

    private final Votes votes;
    private final VoteComparison review;
    private final List<Optional<Echo>> echoes;

    public ConsensusReview(Votes votes, VoteComparison review, List<Optional<Echo>> echoes) {
        this.votes = votes;
        this.review = review;
        this.echoes = List.copyOf(echoes);
    }

    /** Returns how many consensus labels are owed to the rule; NONE counts those that were clear. */
    public long tieCount(TieBreak rule) {
        return review.examplesByRule[rule.code()];
    }

    /** Returns whether annotators give the class, yet it is the consensus of no example. */
    public boolean isVanished(int label) {
        return votes.votesByClass[label] > 0 && review.examplesByClass[label] == 0;
    }

    /** Returns how many consensus labels no annotator of the example gave. */
    public long unvotedCount() {
        return review.unvotedCount();
    }

    /** Returns how many consensus labels overrule three or more annotators who all gave the same other label. */
    public long overrulingCount() {
        return review.overrulingCount();
    }

    /**
     * Returns the order in which the classes of the model's probabilities probably are, if it differs from that of the
     * labels; always empty with more than 100 classes.
     */
    public Optional<ClassOrder> suspectedOrder(int model) {
        return review.suspectedOrder(model);
    }

    /**
     * Returns what tells that the model repeats the majority rather than knows the classes; always empty with more than
     * 100 classes, or more than 2,097,152 cells of annotators × classes².
     */
    public Optional<Echo> echo(int model) {
        return echoes.get(model);
    }

    /** Returns how many consensus labels are not the majority vote. */
    public long changedCount() {
        return review.changedCount();
    }

    /**
     * Returns the share of examples to which a method gives the published label, in [0, 1]; 1 for the published one.
     *
     * @param method its place in {@link Estimates#methods}
     */
    public double equalShare(int method) {
        return (double) review.examplesByMethod[method] / review.examplesByMethod[0];
    }

    /** Returns how many examples have more than one annotation. */
    public long overlapCount() {
        return votes.multiExampleCount();
    }

    /** Returns how many pairs of annotations of the same example are equal, over all examples. */
    public long agreeingPairCount() {
        long count = 0;
        for (int annotator = 0; annotator < votes.annotatorCount(); annotator++) {
            count += votes.agreeingPairs(annotator);
        }
        return count / 2; // each of the two annotators has counted it
    }
}
