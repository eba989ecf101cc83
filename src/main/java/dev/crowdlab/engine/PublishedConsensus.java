package dev.crowdlab.engine;

/** The consensus that is published, with everything that refers to it. Immutable. */
final class PublishedConsensus {

    private final Consensus consensus;
    private final Crowdlab.Choice choice;
    private final double[] annotationQualities;
    private final ScoreStatistics statistics;

    /**
     * Holds the parts together.
     *
     * @param consensus labels and quality
     * @param choice the same labels, and the weights of their scores
     * @param annotationQualities [annotations] quality of every label given; owned by this
     * @param statistics sums over the scores
     */
    PublishedConsensus(
            Consensus consensus, Crowdlab.Choice choice, double[] annotationQualities, ScoreStatistics statistics) {
        this.consensus = consensus;
        this.choice = choice;
        this.annotationQualities = annotationQualities;
        this.statistics = statistics;
    }

    Consensus consensus() {
        return consensus;
    }

    Decisions decisions() {
        return choice.decisions();
    }

    Weights weights() {
        return choice.weights();
    }

    ScoreStatistics statistics() {
        return statistics;
    }

    double annotationQuality(int position) {
        return annotationQualities[position];
    }
}
