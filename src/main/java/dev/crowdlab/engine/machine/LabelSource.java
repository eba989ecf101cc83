package dev.crowdlab.engine.machine;

/** Whom the label of an example comes from. */
public enum LabelSource {
    /** People alone. */
    HUMANS,

    /** People, with the panel of machines beside them. */
    MIXED,

    /** Machines alone. */
    MACHINES,

    /** Nobody whose labels are used: there is no label. */
    NOBODY
}
