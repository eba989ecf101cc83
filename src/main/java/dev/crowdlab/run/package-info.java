/** What is said of a run: its number and moment, its status, its metrics and findings. Values only. */
@NullMarked
package dev.crowdlab.run;

import org.jspecify.annotations.NullMarked;
