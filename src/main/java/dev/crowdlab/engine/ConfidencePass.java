package dev.crowdlab.engine;

/**
 * The pass before the last where predictions are adjusted: sums up how probable the posterior finds the consensus labels
 * and the labels of each annotator, by class. Safe for use by many threads.
 */
final class ConfidencePass {

    private final Posterior posterior;
    private final ConsensusLabels consensus;

    ConfidencePass(Posterior posterior, ConsensusLabels consensus) {
        this.posterior = posterior;
        this.consensus = consensus;
    }

    void collect(Block block, ConfidenceStatistics statistics) {
        Annotations annotations = block.annotations();
        double[] posteriors = new double[annotations.classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            posterior.fill(block, example, posteriors);
            int label = consensus.label(example);
            statistics.consensus.addLabel(0, label, confidence(posteriors, label));
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int given = annotations.label(position);
                statistics.annotators.addLabel(annotations.annotator(position), given, confidence(posteriors, given));
            }
        }
    }

    private static long confidence(double[] posteriors, int label) {
        return FixedPoint.of(Math.max(0, Math.min(1, posteriors[label])));
    }
}
