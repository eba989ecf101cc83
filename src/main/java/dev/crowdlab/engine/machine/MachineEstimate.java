package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.quality.Interval;
import java.io.Serializable;

/**
 * What is known of a machine.
 *
 * @param annotator its number among annotators
 * @param family of machines that it belongs to
 * @param overlap how many examples that people labeled it labeled
 * @param accuracy mean probability that its label of such an example is right, in (0, 1); NaN without overlap
 * @param interval 90 % of the accuracy; NaN at both ends without overlap
 * @param test whom it may replace
 * @param status whether it is part of the panel
 */
public record MachineEstimate(
        int annotator,
        String family,
        long overlap,
        double accuracy,
        Interval interval,
        AlternativeTest test,
        MachineStatus status)
        implements Serializable {}
