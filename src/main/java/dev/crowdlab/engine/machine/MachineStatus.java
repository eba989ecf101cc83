package dev.crowdlab.engine.machine;

/** Whether a machine is part of the panel. */
public enum MachineStatus {
    /** It is. */
    USED,

    /** It shares fewer than 30 examples with people: its labels are not used. */
    NO_OVERLAP
}
