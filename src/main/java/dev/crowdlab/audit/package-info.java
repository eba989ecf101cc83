/** Computes the chain of runs and the digests of stored tables again, and names what differs. */
@NullMarked
package dev.crowdlab.audit;

import org.jspecify.annotations.NullMarked;
