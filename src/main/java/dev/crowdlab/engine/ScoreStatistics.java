package dev.crowdlab.engine;

/** Sums over the scores of a consensus: of its own quality, and per annotator of the labels it gave. */
final class ScoreStatistics implements Statistics<ScoreStatistics> {

    /** Sum of the consensus qualities. */
    final QualitySum consensusQuality;
    /** [annotators] labels on examples with more than one annotation. */
    final long[] multiLabels;
    /** [annotators] those of them that are equal to the consensus. */
    final long[] multiAgreeing;
    /** Who gave what where the consensus was what. */
    final ConfusionTable confusion;
    /** [2 × annotators] exact sums of the annotation qualities. */
    private final long[] annotationQuality;

    ScoreStatistics(Shape shape) {
        consensusQuality = new QualitySum();
        multiLabels = new long[shape.annotatorCount()];
        multiAgreeing = new long[shape.annotatorCount()];
        confusion = new ConfusionTable(shape.annotatorCount(), shape.classCount());
        annotationQuality = new long[2 * shape.annotatorCount()];
    }

    /** Adds one annotation's score to its annotator's. */
    void addAnnotationQuality(int annotator, double quality) {
        FixedPoint.add(annotationQuality, 2 * annotator, FixedPoint.of(quality));
    }

    @Override
    public void add(ScoreStatistics other) {
        consensusQuality.add(other.consensusQuality);
        Statistics.add(multiLabels, other.multiLabels);
        Statistics.add(multiAgreeing, other.multiAgreeing);
        confusion.add(other.confusion);
        Statistics.add(annotationQuality, other.annotationQuality);
    }

    /**
     * Returns the mean of the annotator's annotation qualities over its {@code labelCount} labels; NaN if it has
     * none.
     */
    double meanAnnotationQuality(int annotator, long labelCount) {
        return FixedPoint.mean(annotationQuality[2 * annotator], annotationQuality[2 * annotator + 1], labelCount);
    }
}
