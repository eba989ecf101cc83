/** The program for trying: an embedded PostgreSQL, a generated sample, and a main class that brings both. */
@NullMarked
package dev.crowdlab.trial;

import org.jspecify.annotations.NullMarked;
