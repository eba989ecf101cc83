/** Verifies the chain of runs and the digests of stored tables by computing them again. */
@NullMarked
package dev.crowdlab.audit;

import org.jspecify.annotations.NullMarked;
