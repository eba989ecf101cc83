package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.ScorePass;

/**
 * Last pass for the published consensus: what {@link ScorePass} does, and the quality of every annotation, counted by
 * annotator.
 */
public final class AnnotationScorePass implements Pass<AnnotationScorePass.Scores> {

    private final ScorePass consensus;
    private final ConfusionLayout layout;

    /**
     * Prepares the pass.
     *
     * @param consensus the pass for the consensus
     * @param layout where the confusion of each annotator is counted
     */
    public AnnotationScorePass(ScorePass consensus, ConfusionLayout layout) {
        this.consensus = consensus;
        this.layout = layout;
    }

    @Override
    public Scores newStatistics(Dimensions dimensions) {
        return new Scores(dimensions, layout);
    }

    @Override
    public Slice open(Slice slice) {
        return consensus
                .open(slice)
                .with(Column.ANNOTATION_QUALITY, new double[slice.annotations().annotationCount()]);
    }

    @Override
    public void collect(Block block, Scores statistics) {
        Annotations annotations = block.annotations();
        double[] qualities = block.output().get(Column.ANNOTATION_QUALITY);
        ScorePass.Scorer scorer = consensus.scorer(block);
        for (int example = block.from(); example < block.to(); example++) {
            statistics.consensusQuality.addScore(scorer.scoreConsensus(example));
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                qualities[position] =
                        scorer.annotationQuality(annotations.annotator(position), annotations.label(position));
            }
            statistics.addAnnotations(layout, annotations, example, scorer.consensusLabel(example), qualities);
        }
    }

    /** Sums over the scores of a consensus: of its own quality, and per annotator of the labels it gave. */
    public static final class Scores implements Mergeable<Scores> {

        /** Sum of the consensus qualities. */
        public final ExactMean consensusQuality;
        /** Counts by annotator, class of the consensus and class given. */
        public final ConfusionTally confusion;
        /** [annotators × 2] exact sum of the annotation qualities, in two halves. */
        private final long[] qualitySums;
        /** [annotators × 2] labels that are their example's only one; those of them that are equal to the consensus. */
        private final long[] singleCounts;

        Scores(Dimensions dimensions, ConfusionLayout layout) {
            consensusQuality = new ExactMean();
            confusion = new ConfusionTally(layout);
            qualitySums = new long[2 * dimensions.annotatorCount()];
            singleCounts = new long[2 * dimensions.annotatorCount()];
        }

        /**
         * Counts the annotations of an example.
         *
         * @param qualities [annotations of the slice] not modified
         */
        void addAnnotations(
                ConfusionLayout layout, Annotations annotations, int example, int consensusLabel, double[] qualities) {
            int start = annotations.start(example);
            if (annotations.size(example) == 1) {
                addSingle(annotations.annotator(start), annotations.label(start) == consensusLabel);
            }
            for (int position = start; position < annotations.end(example); position++) {
                int annotator = annotations.annotator(position);
                FixedPoint.add(qualitySums, 2 * annotator, FixedPoint.of(qualities[position]));
                confusion.addAnnotation(layout, annotator, consensusLabel, annotations.label(position));
            }
        }

        /** Counts the only annotation of an example. */
        private void addSingle(int annotator, boolean agrees) {
            singleCounts[2 * annotator] += 1;
            singleCounts[2 * annotator + 1] += agrees ? 1 : 0;
        }

        @Override
        public void add(Scores other) {
            consensusQuality.add(other.consensusQuality);
            confusion.add(other.confusion);
            Mergeable.add(qualitySums, other.qualitySums);
            Mergeable.add(singleCounts, other.singleCounts);
        }

        /**
         * Returns the mean of the annotator's annotation qualities over its {@code labelCount} labels; NaN if it has
         * none.
         */
        public double meanAnnotationQuality(int annotator, long labelCount) {
            return FixedPoint.mean(qualitySums[2 * annotator], qualitySums[2 * annotator + 1], labelCount);
        }

        /**
         * Returns the share of the annotator's labels equal to the consensus where others labeled too; NaN if nowhere.
         *
         * @param labelCount all labels of the annotator
         * @param agreeingCount those of them that are equal to the consensus
         */
        public double multiAgreement(int annotator, long labelCount, long agreeingCount) {
            long multiAgreeing = agreeingCount - singleCounts[2 * annotator + 1];
            return (double) multiAgreeing / (labelCount - singleCounts[2 * annotator]);
        }
    }
}
