/** How a step is built, counts its rows and hands its result to the next one. */
@NullMarked
package dev.crowdlab.job.step;

import org.jspecify.annotations.NullMarked;
