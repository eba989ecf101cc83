/** Validated settings records. */
@NullMarked
package dev.crowdlab.settings;

import org.jspecify.annotations.NullMarked;
