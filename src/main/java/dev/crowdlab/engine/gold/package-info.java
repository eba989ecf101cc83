/**
 * Accuracy and calibration, measured on the examples whose correct label is known.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.gold;

import org.jspecify.annotations.NullMarked;
