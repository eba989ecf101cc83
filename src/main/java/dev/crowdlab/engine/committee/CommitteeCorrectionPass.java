package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.correction.CorrectedPosterior;
import dev.crowdlab.engine.correction.CorrectionStatus;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusLabels;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.TieBreak;
import dev.crowdlab.engine.quality.PosteriorReader;

/**
 * Writes the labels that {@link Committee} has after a correction by gold, and the probabilities that these and all
 * annotations are right. The statistics are those of {@link CommitteeConsensusPass}, but that they compare the labels
 * with those before.
 */
public final class CommitteeCorrectionPass implements Pass<CommitteeConsensusPass.Result> {

    private static final Column<ConsensusLabels> LABELS = Column.consensus(ConsensusMethod.COMMITTEE);
    private static final Column<double[]> QUALITIES = Column.quality(ConsensusMethod.COMMITTEE);

    private final CorrectedPosterior posterior;
    private final boolean isKept;

    /**
     * Prepares the pass.
     *
     * @param isKept whether what the posterior is read from stays
     */
    public CommitteeCorrectionPass(CorrectedPosterior posterior, boolean isKept) {
        this.posterior = posterior;
        this.isKept = isKept;
    }

    @Override
    public CommitteeConsensusPass.Result newStatistics(Dimensions dimensions) {
        return new CommitteeConsensusPass.Result(dimensions, false);
    }

    @Override
    public Slice open(Slice slice) {
        Slice opened = slice.with(LABELS, new ConsensusLabels(slice.exampleCount()))
                .with(QUALITIES, new double[slice.exampleCount()])
                .with(Column.ANNOTATION_QUALITY, new double[slice.annotations().annotationCount()]);
        return isKept ? opened : CommitteeConsensusPass.withoutPosteriors(opened);
    }

    @Override
    public void collect(Block block, CommitteeConsensusPass.Result result) {
        ConsensusLabels before = block.input().get(LABELS);
        ConsensusLabels labels = block.output().get(LABELS);
        double[] qualities = block.output().get(QUALITIES);
        int[] gold = block.input().get(Column.GOLD);
        PosteriorReader reader = posterior.on(block.input());
        double[] probabilities = new double[block.annotations().classCount()];
        boolean isChanged = posterior.correction().status() == CorrectionStatus.CHANGED;
        for (int example = block.from(); example < block.to(); example++) {
            reader.fill(example, probabilities);
            boolean isFree = gold[example] < 0;
            int label = isFree ? before.label(example) : gold[example];
            label = isFree && isChanged ? mostProbable(probabilities) : label;
            boolean isSame = isFree && label == before.label(example);
            labels.decide(example, label, isSame ? before.rule(example) : TieBreak.NONE);
            qualities[example] = probabilities[label];
            result.quality.addScore(qualities[example]);
            if (label != before.label(example)) {
                result.statistics.changeExample(block, example, before.label(example), label);
            }
            scoreAnnotations(block, example, probabilities, result);
        }
    }

    /** Returns the most probable class, the first of several. */
    private static int mostProbable(double[] probabilities) {
        int most = 0;
        for (int label = 1; label < probabilities.length; label++) {
            most = probabilities[label] > probabilities[most] ? label : most;
        }
        return most;
    }

    private static void scoreAnnotations(
            Block block, int example, double[] probabilities, CommitteeConsensusPass.Result result) {
        double[] qualities = block.output().get(Column.ANNOTATION_QUALITY);
        Annotations annotations = block.annotations();
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            qualities[position] = probabilities[annotations.label(position)];
            result.addAnnotation(annotations.annotator(position), qualities[position]);
        }
    }
}
