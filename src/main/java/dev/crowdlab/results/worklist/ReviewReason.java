package dev.crowdlab.results.worklist;

import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.TieBreak;
import java.util.Arrays;

/** Why a consensus label deserves a second look, as in view review_queue. */
public enum ReviewReason {
    ANNOTATORS_DISAGREE(0),
    LOW_QUALITY(1),
    NOBODY_CHOSE_IT(2),
    /** It does not. */
    NONE(3),
    ONE_ANNOTATION(4),
    TIE(5);

    /** Below this quality a label that its annotators agree on deserves a second look. */
    private static final double MIN_QUALITY = 0.5;

    /** The place among the names, which are in the order of a key. */
    private final int place;

    ReviewReason(int place) {
        this.place = place;
    }

    public int place() {
        return place;
    }

    public static ReviewReason at(int place) {
        return Arrays.stream(values())
                .filter(reason -> reason.place == place)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the first reason that applies. */
    public static ReviewReason of(Annotations annotations, Consensus consensus, int example) {
        if (consensus.tieBreak(example) != TieBreak.NONE) {
            return TIE;
        }
        double agreement = consensus.agreement(example);
        if (agreement < 1) {
            return agreement == 0 ? NOBODY_CHOSE_IT : ANNOTATORS_DISAGREE;
        }
        if (annotations.size(example) == 1) {
            return ONE_ANNOTATION;
        }
        return consensus.quality(example) < MIN_QUALITY ? LOW_QUALITY : NONE;
    }
}
