/**
 * Machines beside people: language models and other judges never vote, but are measured against the people's consensus
 * and compressed into one prediction per example.
 * Public for the engine's sake where it is not a result of {@link dev.crowdlab.engine.PeopleAndMachines}.
 */
@NullMarked
package dev.crowdlab.engine.machine;

import org.jspecify.annotations.NullMarked;
