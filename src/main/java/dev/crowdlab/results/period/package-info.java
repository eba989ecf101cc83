/** When annotators labeled, and how their labels fare from period to period. */
@NullMarked
package dev.crowdlab.results.period;

import org.jspecify.annotations.NullMarked;
