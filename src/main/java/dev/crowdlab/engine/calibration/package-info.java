/**
 * One temperature per model that makes its predictions as sure as the votes allow.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.calibration;

import org.jspecify.annotations.NullMarked;
