package dev.crowdlab.engine.dawidskene;

import dev.crowdlab.engine.DawidSkene;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Mergeable;

/** What a round of {@link DawidSkene} counts: posteriors, in units of 2^-30, by what annotators gave. */
final class DawidSkeneCounts implements Mergeable<DawidSkeneCounts> {

    private final int answerKinds;
    /** [annotators × answer kinds × classes] by annotator, given class, the last of which is abstaining if anybody does, and true class. */
    final long[] cells;
    /** [classes] over all examples. */
    final long[] byClass;
    /** Logarithm of the probability of all answers, in two parts. */
    private final long[] logLikelihood = new long[2];

    DawidSkeneCounts(Dimensions dimensions, int answerKinds) {
        this.answerKinds = answerKinds;
        int classCount = dimensions.classCount();
        cells = new long[dimensions.annotatorCount() * answerKinds * classCount];
        byClass = new long[classCount];
    }

    /** Returns the first cell of what was given at the position. */
    static int row(Annotations answers, int position, int answerKinds, int classCount) {
        return (answers.annotator(position) * answerKinds + answers.label(position)) * classCount;
    }

    /**
     * Counts one example.
     *
     * @param posterior [classes] in units; not modified
     * @param logProbability of its answers
     */
    void addExample(Annotations answers, int example, long[] posterior, double logProbability) {
        for (int label = 0; label < posterior.length; label++) {
            byClass[label] += posterior[label];
        }
        for (int position = answers.start(example); position < answers.end(example); position++) {
            int row = row(answers, position, answerKinds, posterior.length);
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

    /** Returns how many kinds of answers there are. */
    int answerKinds() {
        return answerKinds;
    }

    /** Returns the logarithm of the probability of all answers counted. */
    double logLikelihood() {
        return Grid.value(logLikelihood[0], logLikelihood[1]);
    }
}
