/**
 * CROWDLAB: consensus labels, the quality of every label, and statistics of every annotator, from sparse labels and
 * optional predicted probabilities. Plain Java, in memory, usable as a library; {@link dev.crowdlab.engine.Crowdlab} is
 * the entry. The same input gives the same bits, whatever the number of threads and the size of the blocks.
 */
@NullMarked
package dev.crowdlab.engine;

import org.jspecify.annotations.NullMarked;
