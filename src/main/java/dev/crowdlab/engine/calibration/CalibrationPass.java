package dev.crowdlab.engine.calibration;

import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.Slice;

/** Applies the temperatures of a {@link Calibration}: the slice gets new predictions in place of those it had. */
public final class CalibrationPass implements Pass<Mergeable.None> {

    private final Calibration calibration;

    public CalibrationPass(Calibration calibration) {
        this.calibration = calibration;
    }

    @Override
    public Mergeable.None newStatistics(Dimensions dimensions) {
        return new Mergeable.None();
    }

    @Override
    public Slice open(Slice slice) {
        return slice.withPredictions(slice.predictions().blank(slice.exampleCount()));
    }

    @Override
    public void collect(Block block, Mergeable.None nothing) {
        calibration.fill(block, block.output().predictions(), 0);
    }
}
