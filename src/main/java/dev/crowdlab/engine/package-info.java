/**
 * CROWDLAB: consensus labels, the quality of every label, and statistics of every annotator, from sparse labels and
 * optional predicted probabilities; and ActiveLab, which says what to label next. Plain Java, in memory, usable as a
 * library of its own: {@link dev.crowdlab.engine.pass.Annotations#of} and {@link dev.crowdlab.engine.pass.Predictions#of} make
 * the input, {@link dev.crowdlab.engine.Crowdlab#analyze}, {@link dev.crowdlab.engine.Committee#analyze}, {@link
 * dev.crowdlab.engine.DawidSkene#analyze} and {@link dev.crowdlab.engine.ActiveLab#score} are the entries. <b>The
 * formula is in {@link dev.crowdlab.engine.Crowdlab}</b>, that of ActiveLab at {@link dev.crowdlab.engine.ActiveLab},
 * and the weights' at {@code Weights}. Their inputs and results are immutable and safe for use by many threads. The
 * same input gives the same bits, whatever the number of threads and the size of the blocks.
 *
 * <p>All work on many examples is done by passes ({@link dev.crowdlab.engine.pass.Pass}), each in a file of its own with the
 * statistics that it counts. Their results for an example are stored in the example's {@link
 * dev.crowdlab.engine.pass.Slice}; a {@link dev.crowdlab.engine.pass.PassRunner} takes them over the slices. Numeric kernels are
 * in package {@code numeric}.
 *
 * <p>A mistake of the caller is an {@link java.lang.IllegalArgumentException}, data that cannot be analyzed an {@link
 * dev.crowdlab.engine.pass.UnusableInputException}; both say in a sentence what was given and what is allowed.
 */
@NullMarked
package dev.crowdlab.engine;

import org.jspecify.annotations.NullMarked;
