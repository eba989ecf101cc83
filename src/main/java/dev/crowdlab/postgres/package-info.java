/** Connections to PostgreSQL: opening, watching and retrying them, and explaining their errors. */
@NullMarked
package dev.crowdlab.postgres;

import org.jspecify.annotations.NullMarked;
