/**
 * The committee: six experts, each with its own picture of the annotators, their fit, and the consensus by their
 * weighted votes.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.Analysis}.
 */
@NullMarked
package dev.crowdlab.engine.committee;

import org.jspecify.annotations.NullMarked;
