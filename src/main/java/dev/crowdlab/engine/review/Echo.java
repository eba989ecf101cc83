package dev.crowdlab.engine.review;

/**
 * The finding that a model repeats the majority on split votes more often than the majority is right there: it has
 * probably been fitted to these very labels. Both shares are means over the pairs of classes that votes are split
 * between, and within a pair over the two majorities, so that no preference for a class counts as an echo.
 *
 * @param share of the model's picks that are the majority, in [0, 1]
 * @param bound the share of a model that knows the truth and has not seen the labels, in [0, 1]
 * @param exampleCount examples with split votes that were compared
 */
public record Echo(double share, double bound, long exampleCount) {}
