package dev.crowdlab.engine.correction;

/**
 * What a correction is learned from besides the gold of the examples whose consensus it corrects.
 *
 * @param voters whose votes it looks at
 * @param others gold examples that are not among those
 * @param otherCount how many examples with a label there are that are not among those, with or without gold
 */
public record GoldSource(Voters voters, GoldExamples others, long otherCount) {

    /** Nothing else: all examples are there, and their annotators are the voters. */
    public static final GoldSource ANNOTATIONS = new GoldSource(Voters.ANNOTATORS, new GoldExamples(), 0);
}
