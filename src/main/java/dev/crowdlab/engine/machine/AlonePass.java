package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.ExactMean;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;
import java.util.Arrays;

/** Labels the examples that only machines labeled, by the panel. */
public final class AlonePass implements Pass<ExactMean> {

    /** [examples] the panel's class; -1 where none of its machines labeled. */
    public static final Column<int[]> LABEL = new Column<>("alone_label");

    /** [examples] the probability that it is right; NaN where there is none. */
    public static final Column<double[]> QUALITY = new Column<>("alone_quality");

    /** What no person says. */
    static final long[] NONE = new long[0];

    private final Panel panel;
    private final Confidence confidence;

    AlonePass(Panel panel, Confidence confidence) {
        this.panel = panel;
        this.confidence = confidence;
    }

    @Override
    public ExactMean newStatistics(Dimensions dimensions) {
        return new ExactMean();
    }

    @Override
    public Slice open(Slice slice) {
        int[] labels = new int[slice.exampleCount()];
        double[] qualities = new double[labels.length];
        Arrays.fill(labels, -1);
        Arrays.fill(qualities, Double.NaN);
        return slice.with(LABEL, labels).with(QUALITY, qualities);
    }

    @Override
    public void collect(Block block, ExactMean mean) {
        MachineLabels machines = block.input().get(MachineLabels.COLUMN);
        int[] labels = block.output().get(LABEL);
        double[] qualities = block.output().get(QUALITY);
        double[] probabilities = new double[block.annotations().classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            if (panel.fill(machines, example, NONE, false, probabilities) > 0) {
                labels[example] = Panel.top(probabilities);
                qualities[example] = confidence.right(probabilities[labels[example]], probabilities.length);
                mean.addScore(qualities[example]);
            }
        }
    }
}
