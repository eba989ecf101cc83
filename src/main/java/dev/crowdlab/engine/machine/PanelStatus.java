package dev.crowdlab.engine.machine;

/** Whether machines could be measured against people. */
public enum PanelStatus {
    /** They were, and the panel of them is a model beside people. */
    ANCHORED,

    /** Fewer than 50 examples have labels of two people: machines are not used, which is a failure. */
    NO_ANCHOR,

    /** Fewer than 50 examples have labels of two people, but gold corrects: machines are annotators, measured by gold. */
    BY_GOLD,

    /** No machine shares 30 examples with people: machines are not used, which is worth a warning. */
    NO_MACHINES,

    /** More than 64 classes: machines are not used. */
    TOO_MANY_CLASSES
}
