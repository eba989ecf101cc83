/** How a run ends: skipped, or checked and then published or refused; and what a run cleans up. */
@NullMarked
package dev.crowdlab.closing;

import org.jspecify.annotations.NullMarked;
