package dev.crowdlab.engine;

/** Sums over the scores of a consensus: of its own quality, and per annotator of the labels it gave. */
final class ScoreStatistics implements Mergeable<ScoreStatistics> {

    /** Sum of the consensus qualities. */
    final ExactMean consensusQuality;
    /** Who gave what where the consensus was what. */
    final ConfusionTally confusion;
    /** [annotators × 2] exact sum of the annotation qualities, in two halves. */
    private final long[] qualitySums;
    /** [annotators × 2] labels that are their example's only one; those of them that are equal to the consensus. */
    private final long[] singleCounts;

    ScoreStatistics(Dimensions shape, ConfusionLayout layout) {
        consensusQuality = new ExactMean();
        confusion = new ConfusionTally(layout);
        qualitySums = new long[2 * shape.annotatorCount()];
        singleCounts = new long[2 * shape.annotatorCount()];
    }

    /** Adds one annotation's score to its annotator's. */
    void addAnnotationQuality(int annotator, double quality) {
        FixedPoint.add(qualitySums, 2 * annotator, FixedPoint.of(quality));
    }

    /** Counts the only annotation of an example. */
    void addSingle(int annotator, boolean agrees) {
        singleCounts[2 * annotator] += 1;
        singleCounts[2 * annotator + 1] += agrees ? 1 : 0;
    }

    @Override
    public void add(ScoreStatistics other) {
        consensusQuality.add(other.consensusQuality);
        confusion.add(other.confusion);
        Mergeable.add(qualitySums, other.qualitySums);
        Mergeable.add(singleCounts, other.singleCounts);
    }

    /**
     * Returns the mean of the annotator's annotation qualities over its {@code labelCount} labels; NaN if it has
     * none.
     */
    double meanAnnotationQuality(int annotator, long labelCount) {
        return FixedPoint.mean(qualitySums[2 * annotator], qualitySums[2 * annotator + 1], labelCount);
    }

    /**
     * Returns the share of the annotator's labels equal to the consensus where others labeled too; NaN if nowhere.
     *
     * @param labelCount all labels of the annotator
     * @param agreeingCount those of them that are equal to the consensus
     */
    double multiAgreement(int annotator, long labelCount, long agreeingCount) {
        long multiAgreeing = agreeingCount - singleCounts[2 * annotator + 1];
        return (double) multiAgreeing / (labelCount - singleCounts[2 * annotator]);
    }
}
