package dev.crowdlab.run;

import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.stop.StopEstimates;
import dev.crowdlab.engine.stop.StopRefusal;
import dev.crowdlab.run.GoldMetrics.Accuracy;

/**
 * Whether examples have states, and how right those are that no more labels are asked for.
 *
 * @param needsGold whether no example has a state because there is too little random gold
 * @param isTarget whether that is for a target accuracy; else because annotators are machines, which share errors
 * @param threshold probability from which an example is done; the target accuracy, if there is one
 * @param done how often the examples that are done by the rule are right, of those with random gold
 * @param isBelowTarget whether gold shows that they are not right often enough, so that none is done
 */
public record StopMetrics(boolean needsGold, boolean isTarget, double threshold, Accuracy done, boolean isBelowTarget) {

    /** Of a run without states. */
    public static final StopMetrics NONE =
            new StopMetrics(false, false, Double.NaN, GoldMetrics.NONE.consensus(), false);

    static StopMetrics of(Estimates estimates) {
        return estimates.stop().map(StopMetrics::of).orElse(NONE);
    }

    private static StopMetrics of(StopEstimates found) {
        return new StopMetrics(
                found.refusal().isPresent(),
                found.refusal().filter(StopRefusal.TARGET_WITHOUT_GOLD::equals).isPresent(),
                found.rule().threshold(),
                Accuracy.of(found.doneAccuracy()),
                found.isDoneBelowTarget());
    }
}
