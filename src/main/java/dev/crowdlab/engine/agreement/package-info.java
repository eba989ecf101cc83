/**
 * How far annotators agree beyond chance: kappas and alphas, with intervals by the jackknife, for the data set and for
 * pairs of annotators.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.agreement;

import org.jspecify.annotations.NullMarked;
