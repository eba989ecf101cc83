/**
 * Input from PostgreSQL and CSV files: queries and their inspection, one shared snapshot, binary COPY into blocks of
 * rows.
 */
@NullMarked
package dev.crowdlab.input;

import org.jspecify.annotations.NullMarked;
