package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Predictions;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PublishedPosterior;
import java.util.Arrays;

/** Writes the panel's prediction for the examples that people labeled, as a model behind the real ones. */
final class PanelPass implements Pass<Mergeable.None> {

    /** [examples] the logit of the panel's highest probability; NaN where none of its machines labeled. */
    static final Column<double[]> LOGIT = new Column<>("panel_logit");

    /** [examples] how probable people find that class. */
    static final Column<double[]> TARGET = new Column<>("panel_target");

    private final Panel panel;
    private final PublishedPosterior open;

    PanelPass(Panel panel, PublishedPosterior open) {
        this.panel = panel;
        this.open = open;
    }

    @Override
    public Mergeable.None newStatistics(Dimensions dimensions) {
        return new Mergeable.None();
    }

    /** The predictions that this pass writes wait in a column: as the slice's own they would change its dimensions. */
    @Override
    public Slice open(Slice slice) {
        double[] logits = new double[slice.exampleCount()];
        Arrays.fill(logits, Double.NaN);
        return slice.with(MachineSplit.MODELS, slice.get(MachineSplit.MODELS).withBlankModel())
                .with(LOGIT, logits)
                .with(TARGET, new double[slice.exampleCount()]);
    }

    @Override
    public void collect(Block block, Mergeable.None nothing) {
        MachineLabels machines = block.input().get(MachineLabels.COLUMN);
        AnchoredExample anchored = new AnchoredExample(block.input(), open);
        Predictions predictions = block.output().get(MachineSplit.MODELS);
        int model = predictions.modelCount() - 1;
        double[] logits = block.output().get(LOGIT);
        double[] targets = block.output().get(TARGET);
        double[] probabilities = new double[predictions.classCount()];
        for (int example = block.from(); example < block.to(); example++) {
            anchored.open(example);
            int count = panel.fill(machines, example, anchored.units, true, probabilities);
            System.arraycopy(
                    probabilities,
                    0,
                    predictions.array(model, example),
                    predictions.start(example),
                    probabilities.length);
            if (count > 0) {
                int top = Panel.top(probabilities);
                logits[example] = Confidence.logit(probabilities[top]);
                targets[example] = anchored.probability(top);
            }
        }
    }
}
