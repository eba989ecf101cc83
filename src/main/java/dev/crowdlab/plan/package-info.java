/** Which datasets to run, how their input can be read, and whether it fits into memory. */
@NullMarked
package dev.crowdlab.plan;

import org.jspecify.annotations.NullMarked;
