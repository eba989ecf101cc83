/**
 * The words of a page: names, numbers and dates as a reader wants them, and texts that are escaped or replaced by
 * pseudonyms.
 */
@NullMarked
package dev.crowdlab.report.words;

import org.jspecify.annotations.NullMarked;
