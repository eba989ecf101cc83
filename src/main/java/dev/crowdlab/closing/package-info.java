/** Ends runs: skips them, publishes or refuses them after their checks, and closes those that failed or broke off. */
@NullMarked
package dev.crowdlab.closing;

import org.jspecify.annotations.NullMarked;
