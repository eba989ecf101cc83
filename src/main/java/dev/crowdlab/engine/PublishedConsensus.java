package dev.crowdlab.engine;

/** The consensus that is published, with everything that refers to it. Immutable. */
final class PublishedConsensus {

    private final Crowdlab.Choice choice;
    private final Consensus consensus;
    private final double[] annotationQualities;
    private final AnnotatorStatistics annotators;
    private final ConfusionCounts confusion;

    /**
     * Holds the parts together.
     *
     * @param choice labels, and the weights of their scores
     * @param consensus the same labels and their quality
     * @param annotationQualities [annotations] quality of every label given; owned by this
     * @param annotators statistics of every annotator
     * @param confusion who gave which class where the consensus was which
     */
    PublishedConsensus(
            Crowdlab.Choice choice,
            Consensus consensus,
            double[] annotationQualities,
            AnnotatorStatistics annotators,
            ConfusionCounts confusion) {
        this.choice = choice;
        this.consensus = consensus;
        this.annotationQualities = annotationQualities;
        this.annotators = annotators;
        this.confusion = confusion;
    }

    ConsensusLabels decisions() {
        return choice.decisions();
    }

    Weights weights() {
        return choice.weights();
    }

    Consensus consensus() {
        return consensus;
    }

    double annotationQuality(int position) {
        return annotationQualities[position];
    }

    AnnotatorStatistics annotators() {
        return annotators;
    }

    ConfusionCounts confusion() {
        return confusion;
    }
}
