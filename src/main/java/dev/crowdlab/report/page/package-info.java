/** Makes a page of the figures of a report: its sentences, numbers, texts and geometry, and the templates' names. */
@NullMarked
package dev.crowdlab.report.page;

import org.jspecify.annotations.NullMarked;
