package dev.crowdlab.engine.annotator;

import dev.crowdlab.engine.numeric.FixedPoint;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.pass.Pass;

/** Sums the consensus quality of the labels that {@link WorstClasses} cannot decide without. */
public final class TiedQualityPass implements Pass<TiedQualityPass.Qualities> {

    private final WorstClasses classes;
    private final Column<double[]> quality;

    /**
     * Prepares the pass.
     *
     * @param classes says whose labels count
     * @param quality read: the quality of every consensus label
     */
    public TiedQualityPass(WorstClasses classes, Column<double[]> quality) {
        this.classes = classes;
        this.quality = quality;
    }

    @Override
    public Qualities newStatistics(Dimensions dimensions) {
        return new Qualities(classes);
    }

    @Override
    public void collect(Block block, Qualities statistics) {
        Annotations annotations = block.annotations();
        double[] qualities = block.input().get(quality);
        for (int example = block.from(); example < block.to(); example++) {
            long fixedQuality = FixedPoint.of(qualities[example]);
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                int candidate = classes.tiedCandidate(annotations.annotator(position), annotations.label(position));
                if (candidate >= 0) {
                    statistics.addQuality(candidate, fixedQuality);
                }
            }
        }
    }

    /** Exact sums by candidate, see {@link WorstClasses}. */
    public static final class Qualities implements Mergeable<Qualities> {

        /** Two halves of a sum, and the number of its labels. */
        private static final int FIELDS = 3;

        /**
         * Means no further apart are equal: the qualities were rounded before they were summed, so that 1/3 + 2/3 is
         * less than 1/2 + 1/2.
         */
        private static final double EQUAL_MEANS = 1e-12;

        /** [candidates × 3]; empty where nothing is tied. */
        private final long[] sums;

        public Qualities(WorstClasses classes) {
            sums = new long[classes.areTied() ? Math.multiplyExact(FIELDS, classes.candidateCount()) : 0];
        }

        private void addQuality(int candidate, long fixedQuality) {
            FixedPoint.add(sums, FIELDS * candidate, fixedQuality);
            sums[FIELDS * candidate + 2]++;
        }

        @Override
        public void add(Qualities other) {
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
}
