/**
 * How good a label is: the weights of annotators and models, the posterior probabilities of the classes, and the
 * scores that are made of them.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.quality;

import org.jspecify.annotations.NullMarked;
