/** Connections to PostgreSQL: how they are made, watched, tried again, and what their errors mean. */
@NullMarked
package dev.crowdlab.postgres;

import org.jspecify.annotations.NullMarked;
