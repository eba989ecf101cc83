package dev.crowdlab.engine.gold;

import dev.crowdlab.engine.pass.Column;

/** What the labels in {@link Column#GOLD} are for. */
public enum GoldUse {
    /** There are none; the column is not read. */
    NONE,

    /** The consensus, made without them, is measured against them. */
    MEASURE,

    /**
     * They are the consensus of their examples, whatever annotators and models say, and annotators are judged by them.
     */
    FIX
}
