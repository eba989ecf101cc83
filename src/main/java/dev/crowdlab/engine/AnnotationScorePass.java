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
        LabelScoring.ExampleScorer reader = consensus.reader(block);
        for (int example = block.from(); example < block.to(); example++) {
            double consensusQuality = consensus.scoreExample(block, example, reader);
            statistics.consensusQuality.addScore(consensusQuality);
            scoreAnnotations(block.annotations(), example, reader, statistics);
        }
    }

    private void scoreAnnotations(
            Annotations annotations, int example, LabelScoring.ExampleScorer reader, ScoreStatistics statistics) {
        int consensusLabel = consensus.label(example);
        if (annotations.size(example) == 1) {
            int only = annotations.start(example);
            statistics.addSingle(annotations.annotator(only), annotations.label(only) == consensusLabel);
        }
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int annotator = annotations.annotator(position);
            int label = annotations.label(position);
            qualities[position] = reader.annotationQuality(annotator, label);
            statistics.addAnnotationQuality(annotator, qualities[position]);
            statistics.confusion.addAnnotation(annotator, consensusLabel, label);
        }
    }
}
