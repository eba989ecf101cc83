/** What machines among the annotators are worth, and what gold did to the labels, as sentences and tables. */
@NullMarked
package dev.crowdlab.report.machine;

import org.jspecify.annotations.NullMarked;
