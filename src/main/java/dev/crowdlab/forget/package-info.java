/** Replaces the ids of annotators and examples with pseudonyms wherever they are stored. */
@NullMarked
package dev.crowdlab.forget;

import org.jspecify.annotations.NullMarked;
