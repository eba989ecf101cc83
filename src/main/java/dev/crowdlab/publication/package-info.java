/**
 * The end of a run and what the dashboards show: publishing a run, closing a failed one, making an earlier one current again,
 * withdrawing a dataset.
 */
@NullMarked
package dev.crowdlab.publication;

import org.jspecify.annotations.NullMarked;
