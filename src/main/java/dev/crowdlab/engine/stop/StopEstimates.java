package dev.crowdlab.engine.stop;

import dev.crowdlab.engine.gold.GoldAccuracy;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Slice;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the examples need, and whether gold agrees that those done are right. Immutable; safe for use by many threads.
 */
public final class StopEstimates implements Serializable {

    /** [examples] the states, in codes: that of the state, plus {@link #KEPT}, {@link #CAPPED} and {@link #DECIDED}. */
    static final Column<byte[]> STATES = new Column<>("stop_states");

    private static final StopState[] STATE = StopState.values();
    private static final int STATE_MASK = 3;

    /** An example that was done before, and has no further annotations. */
    private static final int KEPT = 4;

    /** An example with as many annotations as anybody wants to pay for. */
    private static final int CAPPED = 8;

    /** An example whose consensus is gold. */
    private static final int DECIDED = 16;

    static final int CODES = 32;

    private final StopRule rule;
    private final GoldShift shift;
    private final StopPass.Counts counts;
    private final boolean isKnown;
    private final @Nullable StopRefusal refusal;
    private final boolean isDoneBelowTarget;

    private StopEstimates(
            StopRule rule, GoldShift shift, StopPass.Counts counts, boolean isKnown, @Nullable StopRefusal refusal) {
        this.rule = rule;
        this.shift = shift;
        this.counts = counts;
        this.isKnown = isKnown;
        this.refusal = refusal;
        isDoneBelowTarget =
                doneAccuracy().count() > 0 && doneAccuracy().interval().upper() < rule.threshold();
    }

    /**
     * Returns what was found.
     *
     * @param counts not to be modified any more
     * @param isKnown whether probabilities are known
     */
    public static StopEstimates of(StopRule rule, GoldShift shift, StopPass.Counts counts, boolean isKnown) {
        return new StopEstimates(rule, shift, counts, isKnown, null);
    }

    /** Returns that no example has a state. */
    public static StopEstimates refused(StopRule rule, StopRefusal refusal) {
        return new StopEstimates(rule, GoldShift.NONE, new StopPass.Counts(), false, refusal);
    }

    static int code(StopState state, boolean isKept, boolean isCapped, boolean isDecided) {
        return state.code() + (isKept ? KEPT : 0) + (isCapped ? CAPPED : 0) + (isDecided ? DECIDED : 0);
    }

    /**
     * Returns the states of other labels of the same examples, with these estimates' rule and what gold says of them.
     *
     * @param shifted by how much the probabilities of those labels are moved
     * @param others their counts; not to be modified any more
     */
    public StopEstimates on(GoldShift shifted, StopPass.Counts others) {
        return new StopEstimates(rule, shifted, others.withGold(counts), isKnown, null);
    }

    /** Returns why no example has a state; empty if all have. */
    public Optional<StopRefusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Returns the rule. */
    public StopRule rule() {
        return rule;
    }

    /** Returns by how much gold has moved the probabilities. */
    public GoldShift shift() {
        return shift;
    }

    /** Returns how often the examples that are done by the rule are right, of those with random gold. */
    public GoldAccuracy doneAccuracy() {
        return new GoldAccuracy(counts.gold[1], counts.gold[0]);
    }

    /**
     * Returns whether gold shows that those done by the rule are not right often enough: the upper end of their accuracy's interval is below the threshold. Then none is done.
     */
    public boolean isDoneBelowTarget() {
        return isDoneBelowTarget;
    }

    /** Returns the number of examples in the state; 0 if refused. */
    public long count(StopState state) {
        long count = 0;
        for (int code = 0; code < CODES; code++) {
            count += counts.byCode[code] > 0 && state(code) == state ? counts.byCode[code] : 0;
        }
        return count;
    }

    private StopState state(int code) {
        StopState state = STATE[code & STATE_MASK];
        if (state == StopState.DONE && isDoneBelowTarget && (code & DECIDED) == 0) {
            return (code & CAPPED) != 0 ? StopState.EXPERT : StopState.ASK;
        }
        return state;
    }

    /**
     * Returns the states of a slice.
     *
     * @throws IllegalStateException if they were refused
     */
    public SliceStates on(Slice slice) {
        return new SliceStates(slice.get(STATES));
    }

    /**
     * The states of the examples of a slice, numbered as there; one out of range is an {@link IndexOutOfBoundsException}. Immutable; safe for use by many threads.
     */
    public final class SliceStates {

        private final byte[] codes;

        private SliceStates(byte[] codes) {
            this.codes = codes;
        }

        /** Returns what the example needs. */
        public StopState state(int example) {
            return StopEstimates.this.state(codes[example]);
        }

        /** Returns whether the example is done since an earlier run: without further annotations it stays so. */
        public boolean isKept(int example) {
            return (codes[example] & KEPT) != 0 && state(example) == StopState.DONE;
        }

        /**
         * Returns whether the example has been in its state since an earlier run: one that was done and has further annotations was decided anew.
         *
         * @param previous its state in that run; null if it had none
         */
        public boolean isUnchanged(int example, @Nullable StopState previous) {
            return previous == state(example) && (previous != StopState.DONE || isKept(example));
        }

        /**
         * Returns {@link StopEstimates#probability}.
         *
         * @param quality of the consensus label
         */
        public double probability(double quality) {
            return StopEstimates.this.probability(quality);
        }
    }

    /**
     * Returns the probability that the state of an example follows from, in [0, 1]; NaN if it is unknown.
     *
     * @param quality of the consensus label
     */
    public double probability(double quality) {
        return isKnown ? shift.apply(quality) : Double.NaN;
    }
}
