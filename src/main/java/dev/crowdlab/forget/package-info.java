/** Replaces the ids of annotators and examples with pseudonyms wherever they are stored, and removes datasets. */
@NullMarked
package dev.crowdlab.forget;

import org.jspecify.annotations.NullMarked;
