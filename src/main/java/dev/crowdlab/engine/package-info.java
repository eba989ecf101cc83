/**
 * CROWDLAB: consensus labels, the quality of every label, and statistics of every annotator, from sparse labels and
 * optional predicted probabilities; and ActiveLab, which says what to label next. Plain Java, in memory, usable as a
 * library of its own: {@link dev.crowdlab.engine.Annotations#of} and {@link dev.crowdlab.engine.Predictions#of} make the
 * input, {@link dev.crowdlab.engine.Crowdlab#analyze} and {@link dev.crowdlab.engine.ActiveLab#score} are the entries.
 * What they take and give is immutable and safe for use by many threads. The same input gives the same bits, whatever the
 * number of threads and the size of the blocks.
 *
 * <p>A mistake of the caller is an {@link java.lang.IllegalArgumentException}, data that cannot be analyzed an {@link
 * dev.crowdlab.engine.UnusableInputException}; both say in a sentence what was given and what is allowed.
 */
@NullMarked
package dev.crowdlab.engine;

import org.jspecify.annotations.NullMarked;
