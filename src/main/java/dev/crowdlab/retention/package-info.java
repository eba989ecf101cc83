/** Removes the tables of old, failed and refused runs without disturbing readers. */
@NullMarked
package dev.crowdlab.retention;

import org.jspecify.annotations.NullMarked;
