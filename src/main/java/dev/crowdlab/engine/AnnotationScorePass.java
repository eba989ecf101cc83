package dev.crowdlab.engine;

/**
 * Last pass for the published consensus: what {@link ScorePass} does, and the quality of every annotation, counted by
 * annotator. Each block writes into its own range of the array.
 */
final class AnnotationScorePass {

    private final ScorePass consensus;
    private final double[] qualities;

    /**
     * Prepares the pass.
     *
     * @param consensus the pass for the consensus
     * @param qualities [annotations] written into
     */
    AnnotationScorePass(ScorePass consensus, double[] qualities) {
        this.consensus = consensus;
        this.qualities = qualities;
    }

    void score(Block block, ScoreStatistics statistics) {
        Scoring.Reader reader = consensus.reader(block);
        for (int example = block.from(); example < block.to(); example++) {
            double consensusQuality = consensus.scoreExample(block, example, reader);
            statistics.consensusQuality.addScore(consensusQuality);
            long fixedQuality = FixedPoint.of(consensusQuality);
            scoreAnnotations(block.annotations(), example, reader, statistics);
            countConfusion(block.annotations(), example, fixedQuality, statistics.confusion);
        }
    }

    private void scoreAnnotations(
            Annotations annotations, int example, Scoring.Reader reader, ScoreStatistics statistics) {
        int label = consensus.label(example);
        int isMulti = annotations.size(example) > 1 ? 1 : 0;
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int annotator = annotations.annotator(position);
            qualities[position] = reader.annotationQuality(annotator, annotations.label(position));
            statistics.addAnnotationQuality(annotator, qualities[position]);
            statistics.multiLabels[annotator] += isMulti;
            statistics.multiAgreeing[annotator] += annotations.label(position) == label ? isMulti : 0;
        }
    }

    private void countConfusion(Annotations annotations, int example, long fixedQuality, ConfusionTable confusion) {
        int label = consensus.label(example);
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            confusion.addAnnotation(annotations.annotator(position), label, annotations.label(position), fixedQuality);
        }
    }
}
