package dev.crowdlab.engine;

/**
 * The label of every example and the rule that decided it. Arrays of one entry per example, written into by a pass,
 * each block into its own range; afterwards only read.
 */
final class ConsensusLabels {

    private final int[] labels;
    private final byte[] rules;

    ConsensusLabels(int exampleCount) {
        this(new int[exampleCount], new byte[exampleCount]);
    }

    private ConsensusLabels(int[] labels, byte[] rules) {
        this.labels = labels;
        this.rules = rules;
    }

    void decide(int example, int label, TieBreak rule) {
        labels[example] = label;
        rules[example] = rule.code();
    }

    int label(int example) {
        return labels[example];
    }

    TieBreak rule(int example) {
        return TieBreak.ofCode(rules[example]);
    }

    /** Returns whether a rule decided the example. */
    boolean isDecided(int example) {
        return rules[example] != TieBreak.NONE.code();
    }

    /** Returns a copy of the labels, [examples]. */
    int[] copyLabels() {
        return labels.clone();
    }

    /**
     * Returns the same labels with NONE in place of VOTES: to be decided by votes alone is no tie. The labels are
     * shared.
     */
    ConsensusLabels withClearVotes() {
        byte[] ties = rules.clone();
        for (int example = 0; example < ties.length; example++) {
            ties[example] = ties[example] == TieBreak.VOTES.code() ? TieBreak.NONE.code() : ties[example];
        }
        return new ConsensusLabels(labels, ties);
    }

    /** Returns on how many examples the labels differ. */
    int countDifferences(ConsensusLabels other) {
        int count = 0;
        for (int example = 0; example < labels.length; example++) {
            count += labels[example] == other.labels[example] ? 0 : 1;
        }
        return count;
    }
}
