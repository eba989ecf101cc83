/** The entry point of the program for nightly use. */
@NullMarked
package dev.crowdlab;

import org.jspecify.annotations.NullMarked;
