/**
 * Dawid and Skene's model, fitted by expectation and maximization.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.dawidskene;

import org.jspecify.annotations.NullMarked;
