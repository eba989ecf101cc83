package dev.crowdlab.engine;

/** Exact sums of the consensus quality of the labels that {@link WorstClasses} cannot decide without. */
final class TiedQualities implements Statistics<TiedQualities> {

    private final WorstClasses classes;
    /** [candidates × 2] the halves of the sums; empty where nothing is tied. */
    private final long[] sums;

    TiedQualities(WorstClasses classes) {
        this.classes = classes;
        sums = new long[classes.areTied() ? Math.multiplyExact(2, classes.candidateCount()) : 0];
    }

    /** Takes one block of examples, with their consensus qualities. */
    void collect(Block block, double[] qualities) {
        Annotations annotations = block.annotations();
        for (int example = block.from(); example < block.to(); example++) {
            long fixedQuality = FixedPoint.of(qualities[example]);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int candidate = classes.tiedCandidate(annotations.annotator(position), annotations.label(position));
                if (candidate >= 0) {
                    FixedPoint.add(sums, 2 * candidate, fixedQuality);
                }
            }
        }
    }

    @Override
    public void add(TiedQualities other) {
        Statistics.add(sums, other.sums);
    }

    /** Compares the sums of two candidates. */
    int compare(int candidate, int other) {
        return FixedPoint.compare(sums[2 * candidate], sums[2 * candidate + 1], sums[2 * other], sums[2 * other + 1]);
    }
}
