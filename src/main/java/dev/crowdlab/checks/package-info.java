/** Looks at the metrics of a run before it is published, and says what it finds. */
@NullMarked
package dev.crowdlab.checks;

import org.jspecify.annotations.NullMarked;
