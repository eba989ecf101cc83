/** Spring Batch wiring and nothing else. */
@NullMarked
package dev.crowdlab.job;

import org.jspecify.annotations.NullMarked;
