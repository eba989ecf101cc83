package dev.crowdlab.engine.pass;

import java.io.Serializable;

/**
 * A label for every example of a {@link Slice} and the rule that decided it, 5 bytes each. Written by one pass, each
 * block at its own examples; afterwards only read, and then safe for use by many threads. An example out of range is an
 * {@link IndexOutOfBoundsException}.
 */
public final class ConsensusLabels implements Serializable {

    private final int[] labels;
    private final byte[] rules;

    /** Creates labels that are all undecided. */
    public ConsensusLabels(int exampleCount) {
        this(new int[exampleCount], new byte[exampleCount]);
    }

    private ConsensusLabels(int[] labels, byte[] rules) {
        this.labels = labels;
        this.rules = rules;
    }

    public void decide(int example, int label, TieBreak rule) {
        labels[example] = label;
        rules[example] = rule.code();
    }

    /** Returns the number of examples. */
    public int size() {
        return labels.length;
    }

    /** Returns the class of the example; 0 where nothing is decided yet. */
    public int label(int example) {
        return labels[example];
    }

    /** Returns the rule that decided the label; NONE if no rule was needed, or the label is not decided yet. */
    public TieBreak rule(int example) {
        return TieBreak.ofCode(rules[example]);
    }

    /** Returns whether a rule decided the example. */
    public boolean isDecided(int example) {
        return rules[example] != TieBreak.NONE.code();
    }

    /** Returns the labels, [examples], in an array of the caller's own. */
    public int[] copyLabels() {
        return labels.clone();
    }

    /** Returns the same labels in new arrays. */
    public ConsensusLabels copy() {
        return new ConsensusLabels(labels.clone(), rules.clone());
    }
}
