/**
 * Spring Batch: the job of a run, its steps and retries, and all access to Spring Batch's own tables; also the
 * operations that lock a dataset as a run does: purging, publishing by hand, forgetting.
 */
@NullMarked
package dev.crowdlab.job;

import org.jspecify.annotations.NullMarked;
