/** Result rows to PostgreSQL: the tables of a run, the publishing transaction, retention. */
@NullMarked
package dev.crowdlab.publish;

import org.jspecify.annotations.NullMarked;
