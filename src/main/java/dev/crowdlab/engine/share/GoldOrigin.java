package dev.crowdlab.engine.share;

/** Whether the examples with gold were drawn at random. */
public enum GoldOrigin {
    /** They are the first in the order of {@link GoldSample}, all of them, and have the qualities that all examples have. */
    RANDOM,

    /** Nobody says how they were chosen; at least they have the qualities that all examples have. */
    UNCHECKED,

    /** They have other qualities than all examples have. */
    NOT_RANDOM,

    /** There are none. */
    NONE
}
