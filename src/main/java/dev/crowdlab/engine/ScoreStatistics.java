package dev.crowdlab.engine;

/** Sums over the scores of a consensus: of its own quality, and per annotator of the labels it gave. */
final class ScoreStatistics implements Statistics<ScoreStatistics> {

    private static final int MULTI_LABELS = 2;
    private static final int MULTI_AGREEING = 3;
    private static final int COLUMNS = 4;

    /** Sum of the consensus qualities. */
    final QualitySum consensusQuality;
    /** Who gave what where the consensus was what. */
    final ConfusionTally confusion;
    /**
     * [annotators × 4] exact sum of the annotation qualities, in two halves; labels on examples with more than one
     * annotation; those of them that are equal to the consensus.
     */
    private final long[] annotatorSums;

    ScoreStatistics(Shape shape, ConfusionLayout layout) {
        consensusQuality = new QualitySum();
        confusion = new ConfusionTally(layout);
        annotatorSums = new long[COLUMNS * shape.annotatorCount()];
    }

    /** Adds one annotation's score to its annotator's. */
    void addAnnotationQuality(int annotator, double quality) {
        FixedPoint.add(annotatorSums, COLUMNS * annotator, FixedPoint.of(quality));
    }

    /** Counts one annotation of an example with more than one. */
    void addMultiLabel(int annotator, boolean agrees) {
        annotatorSums[COLUMNS * annotator + MULTI_LABELS] += 1;
        annotatorSums[COLUMNS * annotator + MULTI_AGREEING] += agrees ? 1 : 0;
    }

    @Override
    public void add(ScoreStatistics other) {
        consensusQuality.add(other.consensusQuality);
        confusion.add(other.confusion);
        Statistics.add(annotatorSums, other.annotatorSums);
    }

    /**
     * Returns the mean of the annotator's annotation qualities over its {@code labelCount} labels; NaN if it has
     * none.
     */
    double meanAnnotationQuality(int annotator, long labelCount) {
        int row = COLUMNS * annotator;
        return FixedPoint.mean(annotatorSums[row], annotatorSums[row + 1], labelCount);
    }

    /** Returns the share of the annotator's labels equal to the consensus where others labelled too; NaN if nowhere. */
    double multiAgreement(int annotator) {
        int row = COLUMNS * annotator;
        return (double) annotatorSums[row + MULTI_AGREEING] / annotatorSums[row + MULTI_LABELS];
    }
}
