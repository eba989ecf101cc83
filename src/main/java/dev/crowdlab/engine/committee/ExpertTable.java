package dev.crowdlab.engine.committee;

import java.io.Serializable;

/**
 * The parameters of one expert as {@link ContestedBatch} reads them. Numerators and denominators are in units of 2^-30.
 * Immutable: nobody modifies the arrays; safe for use by many threads.
 */
final class ExpertTable implements Serializable {

    final Expert expert;
    /** [cells] c_m[k, l] + strength × A_m[k, l]. */
    final double[] numerators;
    /** [rows] r_m[k] + strength. */
    final double[] denominators;
    /** What the expert thinks of an example before it sees the labels. */
    final ClassTerm term;
    /** [classes] e^b. */
    final double[] shares;

    /** Lays out the parameters. */
    ExpertTable(CellLayout layout, ExpertParameters parameters, ClassTerm term) {
        expert = parameters.expert();
        this.term = term;
        numerators = new double[layout.cellCount()];
        for (int annotator = 0; annotator < layout.annotatorCount(); annotator++) {
            for (int group = layout.firstGroup(annotator); group < layout.firstGroup(annotator + 1); group++) {
                for (int cell = layout.firstCell(group); cell < layout.firstCell(group + 1); cell++) {
                    numerators[cell] = parameters.count(cell) + parameters.expected(annotator, group, cell);
                }
            }
        }
        denominators = new double[layout.rowCount()];
        for (int row = 0; row < denominators.length; row++) {
            denominators[row] = parameters.denominator(row);
        }
        shares = term.shares();
    }
}
