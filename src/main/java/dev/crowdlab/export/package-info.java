/**
 * Views of the results as files: CSV, JSON lines and Parquet, row by row, in memory that does not grow with the rows.
 */
@NullMarked
package dev.crowdlab.export;

import org.jspecify.annotations.NullMarked;
