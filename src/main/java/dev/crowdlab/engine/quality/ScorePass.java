package dev.crowdlab.engine.quality;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;

/** Last pass for a consensus: the quality of its label, example by example. */
public final class ScorePass implements Pass<ExactMean> {

    private final LabelScoring scoring;
    private final Column<ConsensusLabels> consensus;
    private final Column<double[]> quality;

    /**
     * Prepares the pass.
     *
     * @param scoring how qualities follow from the posterior, which was computed with the consensus
     * @param consensus read
     * @param quality written, [examples]
     */
    public ScorePass(LabelScoring scoring, Column<ConsensusLabels> consensus, Column<double[]> quality) {
        this.scoring = scoring;
        this.consensus = consensus;
        this.quality = quality;
    }

    @Override
    public ExactMean newStatistics(Dimensions dimensions) {
        return new ExactMean();
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(quality, new double[slice.exampleCount()]);
    }

    @Override
    public void collect(Block block, ExactMean sum) {
        Scorer scorer = scorer(block);
        for (int example = block.from(); example < block.to(); example++) {
            sum.addScore(scorer.scoreConsensus(example));
        }
    }

    public Scorer scorer(Block block) {
        return new Scorer(block);
    }

    /** Scores the labels of one example of a block at a time. Working memory of one thread. */
    public final class Scorer {

        private final Block block;
        private final LabelScoring.ExampleScorer labels;
        private final ConsensusLabels consensusLabels;
        private final double[] qualities;

        private Scorer(Block block) {
            this.block = block;
            labels = scoring.scorer(block);
            consensusLabels = block.input().get(consensus);
            qualities = block.output().get(quality);
        }

        /** Takes the example, writes the quality of its consensus, and returns it. */
        public double scoreConsensus(int example) {
            labels.open(block, example);
            double score = labels.consensusQuality(consensusLabels.label(example));
            qualities[example] = score;
            return score;
        }

        public int consensusLabel(int example) {
            return consensusLabels.label(example);
        }

        /** Returns the quality of a label of the example scored last. */
        public double annotationQuality(int annotator, int label) {
            return labels.annotationQuality(annotator, label);
        }
    }
}
