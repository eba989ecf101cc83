/** The trial program: an embedded PostgreSQL, a generated sample, and a main class that adds both. */
@NullMarked
package dev.crowdlab.trial;

import org.jspecify.annotations.NullMarked;
