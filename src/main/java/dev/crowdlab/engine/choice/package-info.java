/**
 * Answers that name several classes: each class is a problem of two classes, chosen or not, over the same annotators.
 */
@NullMarked
package dev.crowdlab.engine.choice;

import org.jspecify.annotations.NullMarked;
