/** Reads the figures of a report, in one snapshot; what is left out is left out by the database. */
@NullMarked
package dev.crowdlab.report.query;

import org.jspecify.annotations.NullMarked;
