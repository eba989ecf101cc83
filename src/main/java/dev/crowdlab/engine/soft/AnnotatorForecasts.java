package dev.crowdlab.engine.soft;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.PassRunner;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.pass.SparseCounts;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;
import java.util.Optional;

/**
 * What each annotator would say about each example,
 *
 * <pre>
 *   s_im[l] = sum over k of F_i[k] (c_m[k, l] + 8 G[k, l]) / (c_m[k, ·] + 8)
 * </pre>
 *
 * <p>with F and G as in {@link SoftLabels}, c_m[k, l] the sum of F_i[k] over the examples that m gave class l, in units of 2^-30, and c_m[k, ·] its sum over l; F_i G for an annotator without labels. It
 * describes a person: whoever may not see the statistics of annotators may not see it. Takes 8 bytes for every true class of every pair of annotator and class given. Immutable; safe for
 * use by many threads, each with a reader of its own.
 */
public final class AnnotatorForecasts {

    private static final double STRENGTH = 8;

    private final SoftLabels labels;
    private final PublishedPosterior open;
    /** By annotator and class given: [true classes]. */
    private final SparseCounts sums;
    /** By annotator: [true classes]. */
    private final SparseCounts totals;

    private AnnotatorForecasts(SoftLabels labels, PublishedPosterior open, SparseCounts sums) {
        this.labels = labels;
        this.open = open;
        this.sums = sums;
        int classCount = labels.classCount();
        totals = new SparseCounts(classCount);
        long[] addends = new long[classCount];
        for (int row = 0; row < sums.rowCount(); row++) {
            for (int truth = 0; truth < classCount; truth++) {
                addends[truth] = sums.count(row, truth);
            }
            totals.addRow(sums.key(row) / classCount, addends);
        }
    }

    /**
     * Sums up what forecasts follow from, in one pass.
     *
     * @param passes whose slices are as the analysis left them
     * @param labels of the same analysis
     * @return empty if soft labels are no more than smoothed votes
     * @throws java.util.concurrent.CancellationException if this thread is interrupted; it stays so
     */
    public static Optional<AnnotatorForecasts> of(PassRunner passes, SoftLabels labels) {
        PublishedPosterior open = labels.open();
        return open == null
                ? Optional.empty()
                : Optional.of(
                        new AnnotatorForecasts(labels, open, passes.run("annotatorForecasts", new ForecastPass(open))));
    }

    /**
     * Returns what makes the forecasts of one annotator from F: s_im[l] is the sum over k of F_i[k] times element [k × classes + l].
     *
     * @param votesByClass [classes] all labels
     * @param cells [classes × true classes] sums of F_i[k] over the annotations of each class, in units of 2^-30
     * @param own [classes × true classes] those over the annotator's own
     */
    public static double[] matrix(long[] votesByClass, long[] cells, long[] own) {
        SoftLabels labels = SoftLabels.ofCells(votesByClass, cells);
        int classCount = labels.classCount();
        double[] matrix = new double[classCount * classCount];
        for (int truth = 0; truth < classCount; truth++) {
            long total = 0;
            for (int label = 0; label < classCount; label++) {
                total += own[label * classCount + truth];
            }
            for (int label = 0; label < classCount; label++) {
                matrix[truth * classCount + label] =
                        (own[label * classCount + truth] * Grid.UNIT + STRENGTH * labels.pooled(truth, label))
                                / (total * Grid.UNIT + STRENGTH);
            }
        }
        return matrix;
    }

    /** Returns what computes the forecasts for a slice, for one thread. */
    public Reader on(Slice slice) {
        return new Reader(open.on(slice));
    }

    /** Computes the forecasts for one example at a time. Working memory of one thread. */
    @NotThreadSafe
    public final class Reader {

        private final PosteriorReader reader;
        /** [classes] F of the example. */
        private final double[] posterior = new double[labels.classCount()];
        /** [classes] F_i[k] / (c_m[k, ·] + 8). */
        private final double[] weights = new double[labels.classCount()];

        private int opened = -1;

        private Reader(PosteriorReader reader) {
            this.reader = reader;
        }

        /**
         * Computes what an annotator would say: each probability in [0, 1], their sum 1 up to rounding.
         *
         * @param example its number in the slice
         * @param annotator its number in the data set
         * @param probabilities [classes] written into
         */
        public void fill(int example, int annotator, double[] probabilities) {
            if (example != opened) {
                reader.fill(example, posterior);
                opened = example;
            }
            int total = totals.find(annotator);
            for (int truth = 0; truth < posterior.length; truth++) {
                weights[truth] = posterior[truth] / (count(totals, total, truth) + STRENGTH);
            }
            for (int label = 0; label < probabilities.length; label++) {
                int row = sums.find(ForecastPass.key(annotator, label, posterior.length));
                double sum = 0;
                for (int truth = 0; truth < posterior.length; truth++) {
                    sum += weights[truth] * (count(sums, row, truth) + STRENGTH * labels.pooled(truth, label));
                }
                probabilities[label] = sum;
            }
        }

        private static double count(SparseCounts counts, int row, int truth) {
            return row < 0 ? 0 : counts.count(row, truth) * Grid.UNIT;
        }
    }
}
