/** Settings that are proposed to somebody who has none yet, from what the tables of a database look like. */
@NullMarked
package dev.crowdlab.proposal;

import org.jspecify.annotations.NullMarked;
