package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.correction.CorrectionStatus;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.correction.Voters;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;

/**
 * Corrects the labels of examples that only machines labeled by what gold taught about the whole; where gold names the
 * class, it is the label, with quality 1. The mean is of those without gold.
 */
final class AloneCorrectionPass implements Pass<ExactMean> {

    private final Panel panel;
    private final GoldCorrection correction;
    private final Voters voters;

    AloneCorrectionPass(Panel panel, GoldCorrection correction, Voters voters) {
        this.panel = panel;
        this.correction = correction;
        this.voters = voters;
    }

    @Override
    public ExactMean newStatistics(Dimensions dimensions) {
        return new ExactMean();
    }

    @Override
    public Slice open(Slice slice) {
        return slice.with(AlonePass.LABEL, slice.get(AlonePass.LABEL).clone())
                .with(AlonePass.QUALITY, slice.get(AlonePass.QUALITY).clone());
    }

    @Override
    public void collect(Block block, ExactMean mean) {
        int[] gold = block.input().get(Column.GOLD);
        int[] labels = block.output().get(AlonePass.LABEL);
        double[] qualities = block.output().get(AlonePass.QUALITY);
        MachineLabels machines = block.input().get(MachineLabels.COLUMN);
        Voters.Reader votes = voters.on(block.input());
        boolean isMeasured = correction.status() != CorrectionStatus.TOO_LITTLE_GOLD;
        double[] probabilities = new double[block.annotations().classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            if (gold[example] >= 0) {
                labels[example] = gold[example];
                qualities[example] = 1;
            } else if (labels[example] >= 0) {
                panel.fill(machines, example, AlonePass.NONE, false, probabilities);
                labels[example] = votes.correct(correction, example, labels[example], probabilities);
                if (isMeasured) {
                    qualities[example] = correction.probability(labels[example], probabilities);
                }
                mean.addScore(qualities[example]);
            }
        }
    }
}
