package dev.crowdlab.engine;

/** Exact sums of the consensus quality of the labels that {@link WorstClasses} cannot decide without. */
final class TiedQualities implements Mergeable<TiedQualities> {

    /** Two halves of a sum, and the number of its labels. */
    private static final int FIELDS = 3;

    /**
     * Means no further apart are equal: the qualities were rounded before they were summed, so that 1/3 + 2/3 is less than
     * 1/2 + 1/2.
     */
    private static final double EQUAL_MEANS = 1e-12;

    private final WorstClasses classes;
    /** [candidates × 3]; empty where nothing is tied. */
    private final long[] sums;

    TiedQualities(WorstClasses classes) {
        this.classes = classes;
        sums = new long[classes.areTied() ? Math.multiplyExact(FIELDS, classes.candidateCount()) : 0];
    }

    /** Takes one block of examples, with their consensus qualities. */
    void collect(Block block, double[] qualities) {
        Annotations annotations = block.annotations();
        for (int example = block.from(); example < block.to(); example++) {
            long fixedQuality = FixedPoint.of(qualities[example]);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int candidate = classes.tiedCandidate(annotations.annotator(position), annotations.label(position));
                if (candidate >= 0) {
                    FixedPoint.add(sums, FIELDS * candidate, fixedQuality);
                    sums[FIELDS * candidate + 2]++;
                }
            }
        }
    }

    @Override
    public void add(TiedQualities other) {
        Mergeable.add(sums, other.sums);
    }

    /** Returns whether the mean quality of a candidate is higher than that of another with as many labels. */
    boolean isHigher(int candidate, int other) {
        int at = FIELDS * candidate;
        int otherAt = FIELDS * other;
        double difference = FixedPoint.difference(sums[at], sums[at + 1], sums[otherAt], sums[otherAt + 1]);
        return difference > sums[at + 2] * EQUAL_MEANS;
    }
}
