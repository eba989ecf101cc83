/**
 * Numeric kernels of the engine, which know nothing of examples or annotators: sums that are the same in any order
 * ({@link dev.crowdlab.engine.numeric.FixedPoint}), a logarithm and a power of e that are the same on every machine
 * ({@link dev.crowdlab.engine.numeric.Logarithm}, {@link dev.crowdlab.engine.numeric.Exponential}), and quantiles of
 * the beta distribution ({@link dev.crowdlab.engine.numeric.BetaDistribution}). All are safe for use by many threads.
 * Public for the engine's sake; not part of the library's API.
 */
@NullMarked
package dev.crowdlab.engine.numeric;

import org.jspecify.annotations.NullMarked;
