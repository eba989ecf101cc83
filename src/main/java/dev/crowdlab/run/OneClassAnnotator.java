package dev.crowdlab.run;

/**
 * An annotator who gave one class nearly always, and more often than it is the consensus.
 *
 * @param annotator the id
 * @param label the class
 * @param givenCount how many labels are that class
 * @param consensusCount of how many of the same examples it is the consensus
 * @param labelCount how many labels the annotator gave
 */
public record OneClassAnnotator(String annotator, String label, long givenCount, long consensusCount, long labelCount) {

    /** Share of the labels that are that class. */
    public double givenShare() {
        return (double) givenCount / labelCount;
    }

    /** Share of the same examples whose consensus is that class. */
    public double consensusShare() {
        return (double) consensusCount / labelCount;
    }
}
