package dev.crowdlab.engine.review;

import dev.crowdlab.engine.annotator.MajorityConfusionPass;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.vote.Votes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Finds models that repeat the majority suspiciously often. Where votes are split between two classes, the majority is
 * often wrong, and a model that has not seen these labels cannot know when: given the truth, its pick does not depend
 * on who happened to err. Let s and t be the shares of the two classes' examples that the model recognizes, and p and
 * p' the shares of majorities for the one and the other class that are right. The model then picks the majority in p s
 * + (1 - p)(1 - t) and p' t + (1 - p')(1 - s) of the cases. The mean of both is at most (p + p') / 2, whatever s and t
 * are. A model that was fitted to the labels picks the majority nearly always.
 *
 * <p>p is the mean of {@link SplitEvidence#probability}. A pair of classes with n and n' examples, by majority, has the
 * weight n n' / (n + n').
 */
public final class Echoes {

    /** With more cells than this, models are not judged, because each thread has cells of its own. */
    private static final long MAX_CELLS = 1L << 21;

    /**
     * A share must exceed its bound by more than this many standard deviations, and by more than MIN_EXCESS of the
     * distance to 1.
     */
    private static final double DEVIATIONS = 3;

    private static final double MIN_EXCESS = 0.5;

    /** With a bound outside these limits there is too little to compare, or nothing to find. */
    private static final double MIN_BOUND = 0.2;

    private static final double MAX_BOUND = 0.95;

    private Echoes() {}

    /**
     * Judges the models. Takes two passes, and these only if a model agrees with the votes so well that it may be an
     * echo.
     *
     * @return [models] empty for a model that is not suspicious, or cannot be judged
     */
    public static List<Optional<Echo>> of(PassRunner passes, Votes votes, VoteComparison reviewed) {
        Dimensions dimensions = passes.dimensions();
        int modelCount = dimensions.modelCount();
        long squares = (long) dimensions.classCount() * dimensions.classCount();
        boolean areFew = squares * Math.max(dimensions.annotatorCount(), modelCount) <= MAX_CELLS;
        double leastAgreement = (1 + clearAgreement(votes)) / 2;
        boolean mayEcho = false;
        for (int model = 0; model < modelCount; model++) {
            mayEcho |= reviewed.agreement(model) >= leastAgreement;
        }
        if (!mayEcho || !areFew) {
            return Collections.nCopies(modelCount, Optional.empty());
        }
        SplitEvidence evidence = new SplitEvidence(passes.run("majorityConfusion", new MajorityConfusionPass()));
        EchoPass.Splits splits = passes.run("echoes", new EchoPass(evidence));
        List<Optional<Echo>> echoes = new ArrayList<>();
        for (int model = 0; model < modelCount; model++) {
            echoes.add(judge(splits, model, dimensions.classCount()));
        }
        return echoes;
    }

    /**
     * Returns how often annotators give the class with most votes, to which they themselves contribute; NaN if no
     * example has a second annotation.
     */
    private static double clearAgreement(Votes votes) {
        long single = votes.examplesBySize.length > 1 ? votes.examplesBySize[1] : 0;
        long labels = -single;
        long agreeing = -single;
        for (int annotator = 0; annotator < votes.annotatorCount(); annotator++) {
            labels += votes.clearLabels(annotator);
            agreeing += votes.clearAgreeing(annotator);
        }
        return (double) agreeing / labels;
    }

    private static Optional<Echo> judge(EchoPass.Splits splits, int model, int classCount) {
        List<Pair> pairs = new ArrayList<>();
        for (int label = 0; label < classCount; label++) {
            for (int other = 0; other < label; other++) {
                int index = splits.index(model, label, other);
                int otherIndex = splits.index(model, other, label);
                if (splits.count(index) > 0 && splits.count(otherIndex) > 0) {
                    pairs.add(Pair.of(splits, index, otherIndex));
                }
            }
        }
        double weight = pairs.stream().mapToDouble(Pair::weight).sum();
        double share = pairs.stream().mapToDouble(Pair::weightedShare).sum() / weight;
        double bound = pairs.stream().mapToDouble(Pair::weightedBound).sum() / weight;
        double deviation =
                Math.sqrt(pairs.stream().mapToDouble(Pair::weightedVariance).sum()) / weight;
        double excess = share - bound;
        boolean isEcho = bound >= MIN_BOUND
                && bound <= MAX_BOUND
                && excess > MIN_EXCESS * (1 - bound)
                && excess > DEVIATIONS * deviation;
        return isEcho
                ? Optional.of(new Echo(
                        share, bound, pairs.stream().mapToLong(Pair::count).sum()))
                : Optional.empty();
    }

    /** Two classes between which votes are split: means over the two majorities. */
    private record Pair(long count, double weight, double share, double bound) {

        static Pair of(EchoPass.Splits splits, int index, int otherIndex) {
            double size = splits.count(index);
            double otherSize = splits.count(otherIndex);
            return new Pair(
                    splits.count(index) + splits.count(otherIndex),
                    size * otherSize / (size + otherSize),
                    (splits.repeatedShare(index) + splits.repeatedShare(otherIndex)) / 2,
                    (splits.meanProbability(index) + splits.meanProbability(otherIndex)) / 2);
        }

        double weightedShare() {
            return weight * share;
        }

        double weightedBound() {
            return weight * bound;
        }

        /** The squared weight times the variance of the mean of two shares. */
        double weightedVariance() {
            return weight * bound * (1 - bound) / 4;
        }
    }
}
