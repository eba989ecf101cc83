/** The geometry of the pictures of a page: scales, ticks and paths. */
@NullMarked
package dev.crowdlab.report.picture;

import org.jspecify.annotations.NullMarked;
