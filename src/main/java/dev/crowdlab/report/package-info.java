/** The report: one HTML file about one run. {@code query} reads the figures, {@code page} says and draws them. */
@NullMarked
package dev.crowdlab.report;

import org.jspecify.annotations.NullMarked;
