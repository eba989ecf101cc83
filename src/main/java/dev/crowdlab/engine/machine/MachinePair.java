package dev.crowdlab.engine.machine;

import java.io.Serializable;

/**
 * How far two machines err on the same examples.
 *
 * @param first the lower number among machines
 * @param second the higher number among machines
 * @param commonCount examples that people and both machines labeled
 * @param errorCorrelation phi of their errors against the people's consensus, in [-1, 1]; NaN with fewer than 10 common
 *     examples, or if one of them is always or never wrong there
 */
public record MachinePair(int first, int second, long commonCount, double errorCorrelation) implements Serializable {}
