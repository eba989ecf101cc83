/** Makes the page that sets two runs side by side: which is better, and what differs. */
@NullMarked
package dev.crowdlab.report.compare;

import org.jspecify.annotations.NullMarked;
