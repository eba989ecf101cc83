/** Reads the figures of a report, in one snapshot; lists are cut by the database. */
@NullMarked
package dev.crowdlab.report.query;

import org.jspecify.annotations.NullMarked;
