/**
 * When to stop asking for labels: whether an example is done, needs another label, or an expert. Source: a study of our own, see page algorithms.md.
 */
@NullMarked
package dev.crowdlab.engine.stop;

import org.jspecify.annotations.NullMarked;
