package dev.crowdlab.results;

import dev.crowdlab.dataset.AnnotatorKinds;
import dev.crowdlab.dataset.id.IdList;
import dev.crowdlab.engine.MachineEstimates;
import dev.crowdlab.engine.machine.MachinePanel;
import dev.crowdlab.engine.machine.Machines;
import dev.crowdlab.results.period.AnnotatorPeriods;

/**
 * What is known of the machines of a dataset.
 *
 * @param annotators the ids of people and machines
 * @param kinds what the input says of them
 * @param machines which of them are machines
 * @param estimates of the whole
 * @param counts of all examples
 */
public record MachineResults(
        IdList annotators, AnnotatorKinds kinds, Machines machines, MachineEstimates estimates, MachineCounts counts) {

    /** What was found out about machines and their panel. */
    public MachinePanel panel() {
        return estimates.panel();
    }

    /** How often machines agreed with people in each period. */
    public AnnotatorPeriods periods() {
        return counts.periods();
    }

    /** The examples that the machine and a person labeled. */
    long overlap(int machine) {
        return counts.overlap(machines.annotatorOfMachine(machine));
    }
}
