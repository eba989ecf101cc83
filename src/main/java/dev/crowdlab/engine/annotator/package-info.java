/**
 * What is known of each annotator: the confusion of given labels and consensus, the worst class, and whose labels
 * equal the models'.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.annotator;

import org.jspecify.annotations.NullMarked;
