/** Checks the metrics of a run before it is published and reports findings. */
@NullMarked
package dev.crowdlab.checks;

import org.jspecify.annotations.NullMarked;
