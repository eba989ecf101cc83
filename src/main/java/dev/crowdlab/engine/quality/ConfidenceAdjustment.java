package dev.crowdlab.engine.quality;

import java.io.Serializable;

/**
 * Corrects a posterior for how confident it is of each class on average, so that a class the models and annotators are
 * seldom sure of is not taken for badly labeled. For a set of rows, each with a given label,
 *
 * <pre>
 *   t_k = max(2e-6, mean of P[k] over the rows whose label is k), 2 if there is none
 *   P'[k] = (P[k] - t_k + max of all t) / (the sum of that over the classes)
 * </pre>
 *
 * <p>The rows are all examples with their consensus for the quality of a consensus label, and one annotator's own
 * annotations for the quality of these. Immutable; safe for use by many threads. Source: confident learning, arXiv
 * 1911.00068, with the bounds of cleanlab 2.9.0.
 */
public final class ConfidenceAdjustment implements Serializable {

    private static final double MIN = 2e-6;
    private static final double UNUSED = 2;

    private final Thresholds consensus;
    private final Thresholds annotators;

    /** Computes the thresholds from sums over all examples. */
    public ConfidenceAdjustment(ConfidencePass.Confidences statistics) {
        consensus = new Thresholds(statistics.consensus);
        annotators = new Thresholds(statistics.annotators);
    }

    /**
     * Corrects for the quality of a consensus label.
     *
     * @param posterior [classes] not modified
     * @param adjusted [classes] written into: not negative, their sum 1
     */
    void forConsensus(double[] posterior, double[] adjusted) {
        consensus.adjust(0, posterior, adjusted);
    }

    /** Corrects for the quality of an annotator's label, which must be one that the thresholds were made from. */
    void forAnnotator(int annotator, double[] posterior, double[] adjusted) {
        annotators.adjust(annotator, posterior, adjusted);
    }

    /** t_k of several sets of rows, only of the classes that occur in each. */
    private static final class Thresholds implements Serializable {

        private final int[][] classes;
        private final double[][] values;
        private final double[] highest;

        Thresholds(ClassSums sums) {
            classes = new int[sums.setCount()][];
            values = new double[sums.setCount()][];
            highest = new double[sums.setCount()];
            for (int set = 0; set < classes.length; set++) {
                int[] labels = sums.sortedLabels(set);
                classes[set] = new int[labels.length];
                values[set] = new double[labels.length];
                highest[set] = labels.length < sums.classCount() ? UNUSED : 0;
                for (int cell = 0; cell < labels.length; cell++) {
                    classes[set][cell] = labels[cell];
                    values[set][cell] = Math.max(MIN, sums.meanQuality(set, labels[cell]));
                    highest[set] = Math.max(highest[set], values[set][cell]);
                }
            }
        }

        void adjust(int set, double[] posterior, double[] adjusted) {
            double top = highest[set];
            for (int label = 0; label < posterior.length; label++) {
                adjusted[label] = posterior[label] - UNUSED + top;
            }
            for (int cell = 0; cell < classes[set].length; cell++) {
                int label = classes[set][cell];
                adjusted[label] = posterior[label] - values[set][cell] + top;
            }
            double sum = 0;
            for (double value : adjusted) {
                sum += value;
            }
            for (int label = 0; label < adjusted.length; label++) {
                adjusted[label] /= sum;
            }
        }
    }
}
