package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;
import java.io.Serializable;

/**
 * What an expert expects of each annotator's confusion before counting the annotator's own labels of the class: A_m[k,
 * l], the probability that annotator m gives class l where class k is true. Implementations are immutable.
 */
public sealed interface AnnotatorEffects extends Serializable permits CoinEffects, ScaleEffects, SpamEffects {

    /**
     * Returns A_m[k, l].
     *
     * @param label the true class k
     * @param isHit whether the given class is the true one
     * @param miss of all annotators' errors where k is true, the share that give l
     * @param habit how often m gives l, whatever is true
     */
    double expected(int annotator, int label, boolean isHit, double miss, double habit);

    /**
     * Returns the probability that annotator m gives a class where one of many other classes is true.
     *
     * @param miss the mean share of errors of all annotators that give it
     * @param habit how often m gives it, whatever is true
     */
    double expectedElsewhere(int annotator, double miss, double habit);

    /** Returns the effects of the shape, estimated from sums over an annotator's cells. */
    static AnnotatorEffects of(Expert.Shape shape, CommitteeInput input, PooledConfusion pooled, Sums sums) {
        return switch (shape) {
            case COIN -> CoinEffects.of(input, sums);
            case SCALE -> ScaleEffects.of(input, pooled, sums);
            case SPAM -> SpamEffects.of(input, sums);
        };
    }

    /** Sums over cells, in units of 2^-30. Immutable: nobody modifies the arrays. */
    final class Sums implements Serializable {

        /** [rows] over all given classes. */
        final long[] rows;
        /** [annotators] over the cells where the given class is the true one. */
        final long[] hits;

        Sums(long[] rows, long[] hits) {
            this.rows = rows;
            this.hits = hits;
        }

        double rowSum(int row) {
            return rows[row] * Grid.UNIT;
        }

        double hitSum(int annotator) {
            return hits[annotator] * Grid.UNIT;
        }

        /** Returns [classes] the sum over all rows of the class. */
        double[] byClass(CellLayout layout) {
            long[] sums = new long[layout.classCount()];
            for (int row = 0; row < rows.length; row++) {
                sums[layout.rowLabel(row)] += rows[row];
            }
            double[] byClass = new double[sums.length];
            for (int label = 0; label < sums.length; label++) {
                byClass[label] = sums[label] * Grid.UNIT;
            }
            return byClass;
        }
    }
}
