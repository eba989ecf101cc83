package dev.crowdlab.engine.gold;

import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.pass.Column;

/** What the labels in {@link Column#GOLD} are for. */
public enum GoldUse {
    /** There are none; the column is not read. */
    NONE,

    /** The consensus, made without them, is measured against them. */
    MEASURE,

    /**
     * They are the consensus of their examples, whatever annotators and models say, and annotators are judged by them. The consensus is
     * made once more before, without them, and that is measured.
     */
    FIX,

    /**
     * They correct the consensus, made without them, where that shows that labels get better, and are the consensus of
     * their examples afterwards: see {@link GoldCorrection}. Qualities are what they measure.
     */
    ANCHOR
}
