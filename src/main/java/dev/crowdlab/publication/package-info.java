/** Which run the dashboards show: publishing a run, taking it back, showing a former one again. */
@NullMarked
package dev.crowdlab.publication;

import org.jspecify.annotations.NullMarked;
