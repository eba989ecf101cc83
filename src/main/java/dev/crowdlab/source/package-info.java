/** Reading annotations and predictions from PostgreSQL, by binary COPY, inside one exported snapshot. */
@NullMarked
package dev.crowdlab.source;

import org.jspecify.annotations.NullMarked;
