package dev.crowdlab.engine.quality;

import java.io.Serializable;

/**
 * A 90 % interval of something in [0, 1].
 *
 * @param lower a twentieth lies below; NaN if nothing is known
 * @param upper a twentieth lies above; NaN if nothing is known
 */
public record Interval(double lower, double upper) implements Serializable {}
