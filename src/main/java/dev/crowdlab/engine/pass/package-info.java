/**
 * What all methods share: the {@linkplain dev.crowdlab.engine.pass.Annotations labels} and {@linkplain
 * dev.crowdlab.engine.pass.Predictions predictions} that go in, the {@link dev.crowdlab.engine.pass.Slice} that keeps
 * results for each example, and the contract by which a {@link dev.crowdlab.engine.pass.Pass} is taken over slices, in
 * memory or on a cluster, to the same bits.
 */
@NullMarked
package dev.crowdlab.engine.pass;

import org.jspecify.annotations.NullMarked;
