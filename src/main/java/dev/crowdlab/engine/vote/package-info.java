/**
 * Votes: how many annotators gave each class, which class has most, and how ties are told apart.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.vote;

import org.jspecify.annotations.NullMarked;
