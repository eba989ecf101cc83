package dev.crowdlab.engine.share;

/** Why counts are not corrected. */
public enum ShareRefusal {
    /** The consensus of examples with gold is gold itself, so that the one says nothing about the other. */
    GOLD_DECIDES,

    /** There are fewer than {@link ClassShares#MIN_GOLD} examples with random gold. */
    FEW_GOLD,

    /** Examples with gold have other qualities than all have: they were not drawn at random. */
    GOLD_NOT_RANDOM
}
