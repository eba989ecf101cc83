/**
 * What all result tables have in common: their rows as blocks of binary COPY, their digests, and their definition.
 */
@NullMarked
package dev.crowdlab.results.copy;

import org.jspecify.annotations.NullMarked;
