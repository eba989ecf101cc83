/** What a report is about: the figures of one run, as they were read, cut to what a page can show. Immutable values. */
@NullMarked
package dev.crowdlab.report.figures;

import org.jspecify.annotations.NullMarked;
