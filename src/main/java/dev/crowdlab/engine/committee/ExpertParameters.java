package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.Committee;
import dev.crowdlab.engine.numeric.Grid;
import java.io.Serializable;

/**
 * How an expert of {@link Committee} thinks annotators label, from the posteriors of one round: the counts c_m[k, l],
 * their sums over l, r_m[k], and what it expects without them, A_m[k, l]. The probability of label l of annotator m on
 * an example of class k is
 *
 * <pre>
 *   pi = (c_m[k, l] + strength × A_m[k, l]) / (r_m[k] + strength)
 * </pre>
 *
 * <p>where an example's own posterior is first taken off both counts. Immutable; safe for use by many threads.
 */
final class ExpertParameters implements Serializable {

    private final Expert expert;
    private final CommitteeInput input;
    private final PooledConfusion pooled;
    private final AnnotatorEffects effects;
    /** [cells] in units of 2^-30. */
    private final long[] cells;

    private final AnnotatorEffects.Sums sums;

    /**
     * Estimates the parameters.
     *
     * @param contested [cells] sums of the posteriors of contested examples, in units of 2^-30; not modified
     */
    ExpertParameters(Expert expert, CommitteeInput input, long[] contested) {
        this.expert = expert;
        this.input = input;
        cells = contested.clone();
        sums = addUpCells();
        pooled = new PooledConfusion(input, cells);
        effects = AnnotatorEffects.of(expert.shape(), input, pooled, sums);
    }

    /** Adds the examples with one candidate, and returns the sums of the cells. */
    private AnnotatorEffects.Sums addUpCells() {
        CellLayout layout = input.layout;
        long[] rows = new long[layout.rowCount()];
        long[] hits = new long[layout.annotatorCount()];
        for (int annotator = 0; annotator < hits.length; annotator++) {
            for (int group = layout.firstGroup(annotator); group < layout.firstGroup(annotator + 1); group++) {
                int given = layout.given(group);
                int hit = given < layout.classCount() ? layout.cell(group, given) : -1; // abstaining is never right
                if (hit >= 0) {
                    cells[hit] += input.unanimous(group) << Grid.BITS;
                    hits[annotator] += cells[hit];
                }
                for (int cell = layout.firstCell(group); cell < layout.firstCell(group + 1); cell++) {
                    rows[layout.row(cell)] += cells[cell];
                }
            }
        }
        return new AnnotatorEffects.Sums(rows, hits);
    }

    Expert expert() {
        return expert;
    }

    PooledConfusion pooled() {
        return pooled;
    }

    AnnotatorEffects effects() {
        return effects;
    }

    /** Returns c_m[k, l] of the cell, in units of 2^-30. */
    long count(int cell) {
        return cells[cell];
    }

    /** Returns r_m[k] + strength, in units of 2^-30. */
    double denominator(int row) {
        return sums.rows[row] + strength();
    }

    /** Returns the strength of the expectation, in units of 2^-30. */
    double strength() {
        return expert.strength() * Grid.SCALE;
    }

    /** Returns strength × A_m[k, l] of the cell, in units of 2^-30. */
    double expected(int annotator, int group, int cell) {
        int given = input.layout.given(group);
        int label = input.layout.label(cell);
        return expected(annotator, group, label, given, input.pooledLayout.pair(cell, given, label));
    }

    /**
     * Returns strength × A_m[k, l], in units of 2^-30, for any true class.
     *
     * @param pair the number of the pair of classes in the pooled layout
     */
    double expected(int annotator, int group, int label, int given, int pair) {
        double miss = label == given ? 0 : pooled.miss(pair);
        return strength() * effects.expected(annotator, label, label == given, miss, input.habits[group]);
    }
}
