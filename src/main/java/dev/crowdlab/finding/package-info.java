/** What checks find out about a run: the codes of all findings, and the words of a finding. */
@NullMarked
package dev.crowdlab.finding;

import org.jspecify.annotations.NullMarked;
