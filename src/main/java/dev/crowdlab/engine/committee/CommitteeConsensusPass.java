package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.engine.vote.ConsensusStatistics;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Last pass of {@link Committee}: the class with the highest mean posterior of the experts becomes the consensus; the
 * committee's posterior over all classes gives the probability that it is right, and that each annotation is.
 */
public final class CommitteeConsensusPass implements Pass<CommitteeConsensusPass.Result> {

    /** How much of the logit of a probability stays, learned on public data sets with known labels. */
    public static final double SLOPE = 0.34;

    /** Posteriors closer than this count as equal. */
    private static final double SHARED_WITHIN = 1e-9;

    private static final double MIN = 1e-6;
    private static final double MIN_REST = 1e-12;

    private final CommitteePosterior posterior;
    private final double[] weights;
    private final Kept kept;

    /**
     * Prepares the pass.
     *
     * @param posterior the experts' posterior
     * @param kept what is wanted in addition to the consensus; annotators are counted if the qualities of annotations
     *     are wanted
     */
    CommitteeConsensusPass(CommitteePosterior posterior, Kept kept) {
        this.posterior = posterior;
        weights = posterior.weights();
        this.kept = kept;
    }

    /**
     * What is kept of the examples in addition to the consensus and its quality.
     *
     * @param annotations whether {@link Column#ANNOTATION_QUALITY} is written
     * @param posteriors whether the columns that {@link CommitteePosterior} reads are kept
     * @param softLabels whether they are kept for {@link SoftLabels}, and the open posterior is summed up by label
     */
    public record Kept(boolean annotations, boolean posteriors, boolean softLabels) implements Serializable {}

    @Override
    public Result newStatistics(Dimensions dimensions) {
        return new Result(dimensions, kept.softLabels && dimensions.classCount() <= SoftLabels.MAX_CLASSES);
    }

    @Override
    public Slice open(Slice slice) {
        Slice opened = slice.without(CommitteeSample.EXAMPLES);
        for (Expert expert : Expert.values()) {
            opened = opened.without(CommitteeRoundPass.previous(expert));
        }
        if (!kept.posteriors && !kept.softLabels) {
            opened = withoutPosteriors(opened);
        }
        opened = opened.with(Column.consensus(ConsensusMethod.COMMITTEE), new ConsensusLabels(slice.exampleCount()))
                .with(Column.quality(ConsensusMethod.COMMITTEE), new double[slice.exampleCount()]);
        return kept.annotations
                ? opened.with(
                        Column.ANNOTATION_QUALITY,
                        new double[slice.annotations().annotationCount()])
                : opened;
    }

    /** Returns the slice without the columns that {@link CommitteePosterior} reads. */
    static Slice withoutPosteriors(Slice slice) {
        Slice freed = slice.without(CandidatePass.CANDIDATES);
        for (Expert expert : Expert.values()) {
            freed = freed.without(CommitteeStartPass.posterior(expert));
        }
        return freed;
    }

    @Override
    public void collect(Block block, Result result) {
        ConsensusLabels majority = block.input().get(Column.MAJORITY);
        ConsensusLabels consensus = block.output().get(Column.consensus(ConsensusMethod.COMMITTEE));
        double[] qualities = block.output().get(Column.quality(ConsensusMethod.COMMITTEE));
        FixedLabels fixed = FixedLabels.of(block.input());
        CandidatePosteriors posteriors = new CandidatePosteriors(block.input(), List.of(Expert.values()));
        OpenPosterior open = posterior.open(block.predictions().modelCount());
        for (int example = block.from(); example < block.to(); example++) {
            posteriors.open(example);
            int chosen = choose(posteriors, example, majority, consensus);
            open.open(block, example, posteriors);
            boolean isFixed = fixed.label(example) != FixedLabels.FREE;
            if (result.labels != null) {
                result.labels.addExample(block, posteriors, open, fixed);
            }
            qualities[example] = isFixed ? 1 : calibrated(open.candidate(chosen));
            result.quality.addScore(qualities[example]);
            int before = majority.label(example);
            if (posteriors.label(chosen) != before) {
                result.statistics.changeExample(block, example, before, posteriors.label(chosen));
            }
            if (kept.annotations) {
                scoreAnnotations(block, posteriors, open, chosen, result);
            }
        }
    }

    /** Decides the consensus; returns which candidate it is. */
    private int choose(
            CandidatePosteriors posteriors, int example, ConsensusLabels majority, ConsensusLabels consensus) {
        int best = 0;
        double highest = mean(posteriors, 0);
        int voted = -1;
        int sharers = 0;
        for (int index = 1; index < posteriors.count(); index++) {
            double mean = mean(posteriors, index);
            best = mean > highest ? index : best;
            highest = Math.max(highest, mean);
        }
        for (int index = posteriors.count() - 1; index >= 0; index--) {
            if (mean(posteriors, index) >= highest - SHARED_WITHIN) {
                sharers++;
                best = index;
                voted = posteriors.label(index) == majority.label(example) ? index : voted;
            }
        }
        int chosen = voted >= 0 ? voted : best;
        TieBreak rule = voted >= 0 ? majority.rule(example) : TieBreak.CLASS_ORDER;
        consensus.decide(example, posteriors.label(chosen), sharers == 1 ? TieBreak.NONE : rule);
        return chosen;
    }

    /** Returns the mean posterior of the experts. */
    private double mean(CandidatePosteriors posteriors, int index) {
        double mean = 0;
        for (int expert = 0; expert < weights.length; expert++) {
            mean += weights[expert] * posteriors.posterior(expert, index);
        }
        return mean * Grid.UNIT;
    }

    private static double calibrated(double probability) {
        double clipped = Math.max(MIN, Math.min(1 - MIN, probability));
        return 1 / (1 + Exponential.of(-SLOPE * Logarithm.of(clipped / (1 - clipped))));
    }

    /** The probability that the consensus is wrong is divided among the other classes as the open posterior is. */
    private static void scoreAnnotations(
            Block block, CandidatePosteriors posteriors, OpenPosterior open, int chosen, Result result) {
        int example = posteriors.example();
        double[] qualities = block.output().get(Column.ANNOTATION_QUALITY);
        double right = block.output().get(Column.quality(ConsensusMethod.COMMITTEE))[example];
        double scale = (1 - right) / Math.max(MIN_REST, open.others(chosen));
        Annotations annotations = block.annotations();
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int index = posteriors.index(annotations.label(position));
            qualities[position] = index == chosen ? right : Math.min(1, scale * open.candidate(index));
            result.addAnnotation(annotations.annotator(position), qualities[position]);
        }
    }

    /** How sure the committee is. */
    public static final class Result implements Mergeable<Result> {

        /** Probability of the consensus. */
        final ExactMean quality = new ExactMean();
        /** How the consensus compares with the votes: what is to be added to the counts of the majority vote. */
        final ConsensusStatistics statistics;
        /** [annotators × 4] exact sum of the probabilities P of the labels, and of P (1 - P), in two halves each. */
        private final long[] sums;

        /** The open posterior by label, if it is wanted. */
        final @Nullable LabelSums labels;

        Result(Dimensions dimensions, boolean areLabelsSummed) {
            labels = areLabelsSummed ? new LabelSums(dimensions.classCount()) : null;
            statistics = new ConsensusStatistics(dimensions);
            sums = new long[4 * dimensions.annotatorCount()];
        }

        void addAnnotation(int annotator, double probability) {
            FixedPoint.add(sums, 4 * annotator, FixedPoint.of(probability));
            FixedPoint.add(sums, 4 * annotator + 2, FixedPoint.of(probability * (1 - probability)));
        }

        @Override
        public void add(Result other) {
            quality.add(other.quality);
            statistics.add(other.statistics);
            Mergeable.add(sums, other.sums);
            if (labels != null && other.labels != null) {
                labels.add(other.labels);
            }
        }

        /** Returns the sum of the probabilities of the annotator's labels. */
        double probabilities(int annotator) {
            return FixedPoint.mean(sums[4 * annotator], sums[4 * annotator + 1], 1);
        }

        /** Returns the sum of their variances. */
        double variances(int annotator) {
            return FixedPoint.mean(sums[4 * annotator + 2], sums[4 * annotator + 3], 1);
        }
    }
}
