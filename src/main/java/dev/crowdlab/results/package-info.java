/** The result tables: their columns, their rows encoded for binary COPY, their digests, and the label changes. */
@NullMarked
package dev.crowdlab.results;

import org.jspecify.annotations.NullMarked;
