/** Runs, their digests and checks. */
@NullMarked
package dev.crowdlab.audit;

import org.jspecify.annotations.NullMarked;
