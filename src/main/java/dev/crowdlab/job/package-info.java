/** Spring Batch: the job of a run, its steps and retries, and all access to Spring Batch's own tables. */
@NullMarked
package dev.crowdlab.job;

import org.jspecify.annotations.NullMarked;
