/** Decides which run the dashboards show: publishes a run, makes an earlier one current again, withdraws a dataset. */
@NullMarked
package dev.crowdlab.publication;

import org.jspecify.annotations.NullMarked;
