/** Spring Batch: the job of a run, its steps and retries, and everything about Spring Batch's own tables. */
@NullMarked
package dev.crowdlab.job;

import org.jspecify.annotations.NullMarked;
