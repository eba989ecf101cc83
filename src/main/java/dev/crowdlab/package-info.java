/** The entry point of the program for the night. */
@NullMarked
package dev.crowdlab;

import org.jspecify.annotations.NullMarked;
