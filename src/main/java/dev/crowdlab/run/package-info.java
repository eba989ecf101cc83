/**
 * A run: its number and time, status, metrics and findings, and its record in the database, where runs are opened,
 * locked, closed and listed.
 */
@NullMarked
package dev.crowdlab.run;

import org.jspecify.annotations.NullMarked;
