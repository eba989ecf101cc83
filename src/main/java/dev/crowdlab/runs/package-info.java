/** The record of runs in the database: opening, closing, locking and listing them. */
@NullMarked
package dev.crowdlab.runs;

import org.jspecify.annotations.NullMarked;
