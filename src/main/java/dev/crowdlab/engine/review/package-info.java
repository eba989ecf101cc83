/**
 * Where the consensus and the votes or the models differ in a way that somebody should look at: overruled
 * majorities, a model whose columns are in another order, a model that repeats the majority.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.review;

import org.jspecify.annotations.NullMarked;
