package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import java.io.Serializable;
import java.util.List;

/**
 * How probable the experts find a label under any class, candidate or not, with the parameters of their last round: logarithms of
 * probabilities, each at least 1e-9. For annotators who have all cells they are computed once. Immutable; safe for use by many threads.
 */
final class OpenLikelihoods implements Serializable {

    private final CommitteeInput input;
    private final CellLayout layout;
    private final ExpertParameters[] experts;
    /** [experts] in units of 2^-30 */
    private final double[] strengths;
    /** [experts][answer kinds] the mean pattern of errors over true classes; empty with few classes. */
    private final double[][] meanMisses;
    /** [annotators] the first of the tables' cells; -1 of an annotator who is not dense. */
    private final int[] tableStarts;
    /** [dense cells × experts] strength × A_m[k, l], in units of 2^-30; empty with many classes. */
    private final double[] expected;
    /** [dense cells × experts] posteriors counted, in units of 2^-30; empty with many classes. */
    private final double[] counts;
    /** [dense rows × experts] their sums by true class, in units of 2^-30; empty with many classes. */
    private final double[] rowCounts;
    /** [dense cells × experts] logarithms of the probabilities on an example that does not count; empty with many classes. */
    private final double[] logarithms;

    /**
     * Prepares the tables.
     *
     * @param experts parameters of all experts
     * @param terms of the same
     */
    OpenLikelihoods(CommitteeInput input, List<ExpertParameters> experts, List<ClassTerm> terms) {
        this.input = input;
        layout = input.layout;
        this.experts = experts.toArray(new ExpertParameters[0]);
        strengths = experts.stream().mapToDouble(ExpertParameters::strength).toArray();
        boolean areFew = input.pooledLayout.areFew();
        meanMisses = new double[areFew ? 0 : this.experts.length][];
        for (int expert = 0; expert < meanMisses.length; expert++) {
            meanMisses[expert] =
                    this.experts[expert].pooled().meanMisses(terms.get(expert).shares());
        }
        tableStarts = new int[layout.annotatorCount()];
        int cells = 0;
        for (int annotator = 0; annotator < tableStarts.length; annotator++) {
            boolean hasTable = areFew && layout.denseCell(annotator) >= 0;
            tableStarts[annotator] = hasTable ? cells : -1;
            cells += hasTable ? layout.answerKinds() * layout.classCount() : 0;
        }
        expected = new double[Math.multiplyExact(cells, this.experts.length)];
        logarithms = new double[expected.length];
        counts = new double[expected.length];
        rowCounts = new double[expected.length / layout.classCount()];
        for (int annotator = 0; annotator < tableStarts.length; annotator++) {
            if (tableStarts[annotator] >= 0) {
                fillTables(annotator);
            }
        }
    }

    private void fillTables(int annotator) {
        int place = tableStarts[annotator] * experts.length;
        int rowPlace = place / layout.classCount();
        for (int row = layout.firstRow(annotator); row < layout.firstRow(annotator + 1); row++) {
            for (ExpertParameters expert : experts) {
                rowCounts[rowPlace++] = expert.denominator(row) - expert.strength();
            }
        }
        for (int group = layout.firstGroup(annotator); group < layout.firstGroup(annotator + 1); group++) {
            for (int cell = layout.firstCell(group); cell < layout.firstCell(group + 1); cell++) {
                for (ExpertParameters expert : experts) {
                    expected[place] = expert.expected(annotator, group, cell);
                    counts[place] = expert.count(cell);
                    double probability = (counts[place] + expected[place]) / expert.denominator(layout.row(cell));
                    logarithms[place++] = logarithm(probability);
                }
            }
        }
    }

    private static double logarithm(double probability) {
        return Logarithm.rough(Math.max(ContestedBatch.FLOOR, probability));
    }

    /**
     * Adds the logarithms of the probabilities of the label under every class; few classes only.
     *
     * @param sums [classes × experts] added to
     */
    void addAll(int annotator, int given, double[] sums) {
        if (tableStarts[annotator] >= 0) {
            int start = (tableStarts[annotator] + given * layout.classCount()) * experts.length;
            for (int place = 0; place < layout.classCount() * experts.length; place++) {
                sums[place] += logarithms[start + place];
            }
            return;
        }
        int group = layout.group(annotator, given);
        int cell = layout.firstCell(group);
        int cellEnd = layout.firstCell(group + 1);
        int row = layout.firstRow(annotator);
        int rowEnd = layout.firstRow(annotator + 1);
        for (int label = 0; label < layout.classCount(); label++) {
            boolean hasRow = row < rowEnd && layout.rowLabel(row) == label;
            boolean hasCell = cell < cellEnd && layout.label(cell) == label;
            int pair = input.pooledLayout.pair(cell, given, label);
            for (int place = 0; place < experts.length; place++) {
                ExpertParameters expert = experts[place];
                double numerator = expert.expected(annotator, group, label, given, pair);
                sums[label * experts.length + place] += logarithm((hasCell ? expert.count(cell) + numerator : numerator)
                        / (hasRow ? expert.denominator(row) : expert.strength()));
            }
            row += hasRow ? 1 : 0;
            cell += hasCell ? 1 : 0;
        }
    }

    /**
     * Multiplies by the probabilities of the label under a candidate, each at least {@link ContestedBatch#FLOOR}.
     *
     * @param own [experts] the posteriors of the candidate, which are taken off the counts, in units of 2^-30; not modified
     * @param products [experts] multiplied
     */
    void multiplyByCandidate(int annotator, int given, int label, double[] own, double[] products) {
        int table = tableStarts[annotator];
        if (table < 0) {
            multiplyBySparseCandidate(annotator, given, label, own, products);
            return;
        }
        int cell = (table + given * layout.classCount() + label) * experts.length;
        int row = (table / layout.classCount() + label) * experts.length;
        for (int expert = 0; expert < experts.length; expert++) {
            double numerator = Math.max(0, counts[cell + expert] - own[expert]) + expected[cell + expert];
            double denominator = Math.max(0, rowCounts[row + expert] - own[expert]) + strengths[expert];
            products[expert] *= Math.max(ContestedBatch.FLOOR, numerator / denominator);
        }
    }

    private void multiplyBySparseCandidate(int annotator, int given, int label, double[] own, double[] products) {
        int group = layout.group(annotator, given);
        int cell = layout.cell(group, label);
        for (int expert = 0; expert < experts.length; expert++) {
            ExpertParameters parameters = experts[expert];
            double row = parameters.denominator(layout.row(cell)) - strengths[expert];
            double numerator =
                    Math.max(0, parameters.count(cell) - own[expert]) + parameters.expected(annotator, group, cell);
            products[expert] *=
                    Math.max(ContestedBatch.FLOOR, numerator / (Math.max(0, row - own[expert]) + strengths[expert]));
        }
    }

    /** Returns the logarithm of the probability of the label under any one of the classes that are no candidates; many classes only. */
    double elsewhere(int expert, int annotator, int given) {
        double habit = input.habits[layout.group(annotator, given)];
        return logarithm(experts[expert].effects().expectedElsewhere(annotator, meanMisses[expert][given], habit));
    }

    /** Returns whether labels of an example with one candidate and so many annotations count for their annotators. */
    boolean counts(int size) {
        return size > 1 || input.hasModels();
    }

    /** Returns what the posterior of an example with one candidate and so many annotations adds to counts, in units of 2^-30. */
    double unanimous(int size) {
        return counts(size) ? Grid.SCALE : 0;
    }
}
