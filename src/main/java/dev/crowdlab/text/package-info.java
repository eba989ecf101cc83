/**
 * Text for people: numbers with their nouns, characters that a terminal must not interpret, and problems that say what
 * to do.
 */
@NullMarked
package dev.crowdlab.text;

import org.jspecify.annotations.NullMarked;
