/** Rows that cannot be used: why each was rejected, what it held, and what its owner probably meant. */
@NullMarked
package dev.crowdlab.dataset.rejection;

import org.jspecify.annotations.NullMarked;
