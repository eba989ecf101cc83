/** Text for people: numbers with their nouns, and characters that a terminal must not interpret. */
@NullMarked
package dev.crowdlab.text;

import org.jspecify.annotations.NullMarked;
