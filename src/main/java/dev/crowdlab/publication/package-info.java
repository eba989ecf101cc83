/** Which run the dashboards show: publishing a run, withdrawing it, making an earlier one current again. */
@NullMarked
package dev.crowdlab.publication;

import org.jspecify.annotations.NullMarked;
