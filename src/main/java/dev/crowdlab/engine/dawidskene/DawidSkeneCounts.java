package dev.crowdlab.engine.dawidskene;

import dev.crowdlab.engine.DawidSkene;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;

/** What a round of {@link DawidSkene} counts: posteriors, in units of 2^-30, by what annotators gave. */
final class DawidSkeneCounts implements Mergeable<DawidSkeneCounts> {

    /** [annotators × classes × classes] by annotator, given class and true class. */
    final long[] cells;
    /** [classes] over all examples. */
    final long[] byClass;
    /** Logarithm of the probability of all labels, in two parts. */
    private final long[] logLikelihood = new long[2];

    DawidSkeneCounts(Dimensions dimensions) {
        int classCount = dimensions.classCount();
        cells = new long[dimensions.annotatorCount() * classCount * classCount];
        byClass = new long[classCount];
    }

    /** Returns the first cell of what was given at the position. */
    static int row(Annotations annotations, int position) {
        int classCount = annotations.classCount();
        return (annotations.annotator(position) * classCount + annotations.label(position)) * classCount;
    }

    /**
     * Counts one example.
     *
     * @param posterior [classes] in units; not modified
     * @param logProbability of its labels
     */
    void addExample(Annotations annotations, int example, long[] posterior, double logProbability) {
        for (int label = 0; label < posterior.length; label++) {
            byClass[label] += posterior[label];
        }
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int row = row(annotations, position);
            for (int label = 0; label < posterior.length; label++) {
                cells[row + label] += posterior[label];
            }
        }
        Grid.add(logLikelihood, 0, Grid.of(logProbability));
    }

    @Override
    public void add(DawidSkeneCounts other) {
        Mergeable.add(cells, other.cells);
        Mergeable.add(byClass, other.byClass);
        Mergeable.add(logLikelihood, other.logLikelihood);
    }

    /** Returns the logarithm of the probability of all labels counted. */
    double logLikelihood() {
        return Grid.value(logLikelihood[0], logLikelihood[1]);
    }
}
