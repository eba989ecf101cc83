package dev.crowdlab.engine;

/**
 * A run of examples that one worker treats at a time: what is labeled and predicted, and which examples of it. In
 * memory a block is a range of the whole; elsewhere it may be a slice of its own with the same annotators and classes.
 *
 * @param annotations labels
 * @param predictions probabilities for the same examples
 * @param from first example
 * @param to example after the last
 */
record Block(Annotations annotations, Predictions predictions, int from, int to) {}
