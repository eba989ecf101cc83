/** What there is to run, how its input can be read, and whether it will fit into memory. */
@NullMarked
package dev.crowdlab.plan;

import org.jspecify.annotations.NullMarked;
