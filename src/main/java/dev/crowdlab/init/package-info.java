/** Settings that are proposed to somebody who has none yet, from what the tables of a database look like. */
@NullMarked
package dev.crowdlab.init;

import org.jspecify.annotations.NullMarked;
