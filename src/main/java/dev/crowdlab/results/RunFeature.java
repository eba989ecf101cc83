package dev.crowdlab.results;

/** What a dataset has by its settings, and without which some tables and columns are not written. */
public enum RunFeature {

    /** Labels that are known to be right. */
    GOLD,

    /** Such labels correct the others. */
    GOLD_CORRECTION,

    /** The posterior over the classes is stored. */
    POSTERIOR,

    /** Annotators may be declared to be machines. */
    MACHINES,

    /** The classes stand on a scale. */
    SCALE,

    /** Annotators may abstain. */
    ABSTENTIONS,

    /** Labels of one annotator for one example are compared. */
    SELF_AGREEMENT
}
