package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;

/**
 * The second-last pass, if predictions are adjusted: sums up the posterior probabilities of the consensus labels and of
 * each annotator's labels, by class.
 */
public final class ConfidencePass implements Pass<ConfidencePass.Confidences> {

    private final Posterior posterior;
    private final Column<ConsensusLabels> consensus;

    public ConfidencePass(Posterior posterior, Column<ConsensusLabels> consensus) {
        this.posterior = posterior;
        this.consensus = consensus;
    }

    @Override
    public Confidences newStatistics(Dimensions dimensions) {
        return new Confidences(dimensions);
    }

    @Override
    public void collect(Block block, Confidences statistics) {
        Annotations annotations = block.annotations();
        ConsensusLabels labels = block.input().get(consensus);
        double[] posteriors = new double[annotations.classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            posterior.fill(block, example, posteriors);
            int label = labels.label(example);
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

    /** Exact sums of how probable the posterior finds the labels given, by class. */
    public static final class Confidences implements Mergeable<Confidences> {

        /** One set of rows, all examples: by consensus class. */
        final ClassSums consensus;
        /** A set for each annotator: by the class given. */
        final ClassSums annotators;

        Confidences(Dimensions dimensions) {
            consensus = new ClassSums(1, dimensions.classCount());
            annotators = new ClassSums(dimensions.annotatorCount(), dimensions.classCount());
        }

        @Override
        public void add(Confidences other) {
            consensus.add(other.consensus);
            annotators.add(other.annotators);
        }
    }
}
