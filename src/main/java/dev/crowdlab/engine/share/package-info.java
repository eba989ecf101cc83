/**
 * How many examples really are of each class: counts of consensus labels, corrected by gold labels of examples that were drawn at random, and
 * how to draw them. Source: a study of our own, see page algorithms.md.
 */
@NullMarked
package dev.crowdlab.engine.share;

import org.jspecify.annotations.NullMarked;
