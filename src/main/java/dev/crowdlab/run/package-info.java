/** Values that describe a run: its number and time, status, metrics and findings. */
@NullMarked
package dev.crowdlab.run;

import org.jspecify.annotations.NullMarked;
