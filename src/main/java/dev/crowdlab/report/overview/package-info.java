/** The page over all datasets. */
@NullMarked
package dev.crowdlab.report.overview;

import org.jspecify.annotations.NullMarked;
