package dev.crowdlab.engine.dawidskene;

import dev.crowdlab.engine.DawidSkene;
import dev.crowdlab.engine.numeric.Exponential;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.quality.Posterior;
import java.util.Arrays;

/**
 * The parameters of {@link DawidSkene}: how frequent each class is, and how often each annotator gives each class for
 * each true class. Immutable; safe for use by many threads.
 */
public final class DawidSkeneModel implements Posterior {

    /**
     * Added to every cell of every matrix, so that no probability is 0, and a class that an annotator never saw has no
     * influence.
     */
    public static final double SMOOTHING = 0.01;

    private final int answerKinds;
    /** [classes] logarithms of the shares. */
    private final double[] logShares;
    /** [annotators × answer kinds × classes] logarithms of the confusion, by given class, then by true class. */
    private final double[] logConfusion;

    /**
     * The parameters that fit the posteriors counted best.
     *
     * @param counts of all examples
     */
    DawidSkeneModel(DawidSkeneCounts counts) {
        answerKinds = counts.answerKinds();
        logShares = logShares(counts.byClass);
        logConfusion = new double[counts.cells.length];
        int classCount = logShares.length;
        int stride = answerKinds * classCount;
        double[] logTotals = new double[classCount];
        for (int start = 0; start < logConfusion.length; start += stride) {
            fillLogTotals(counts, start, logTotals);
            for (int cell = 0; cell < stride; cell++) {
                double count = counts.cells[start + cell] * Grid.UNIT + SMOOTHING;
                logConfusion[start + cell] = Logarithm.of(count) - logTotals[cell % classCount];
            }
        }
    }

    private static double[] logShares(long[] byClass) {
        double total = Arrays.stream(byClass).sum();
        double[] logShares = new double[byClass.length];
        for (int label = 0; label < logShares.length; label++) {
            logShares[label] = Logarithm.of(byClass[label] / total);
        }
        return logShares;
    }

    private static void fillLogTotals(DawidSkeneCounts counts, int start, double[] logTotals) {
        int classCount = logTotals.length;
        for (int trueClass = 0; trueClass < classCount; trueClass++) {
            long total = 0;
            for (int given = 0; given < counts.answerKinds(); given++) {
                total += counts.cells[start + given * classCount + trueClass];
            }
            logTotals[trueClass] = Logarithm.of(total * Grid.UNIT + SMOOTHING * counts.answerKinds());
        }
    }

    /** Returns the share of the class, in [0, 1]. */
    double share(int label) {
        return Exponential.of(logShares[label]);
    }

    /** Returns the probability that the annotator gives the one class where the other is true, in (0, 1). */
    double confusion(int annotator, int trueClass, int given) {
        int classCount = logShares.length;
        return Exponential.of(logConfusion[(annotator * answerKinds + given) * classCount + trueClass]);
    }

    @Override
    public void fill(Block block, int example, double[] posterior) {
        fillAndWeigh(block.answers(), example, posterior);
    }

    /**
     * Computes the posterior of one example, and returns the logarithm of the probability of its answers.
     *
     * @param posterior [classes] written into
     */
    double fillAndWeigh(Annotations answers, int example, double[] posterior) {
        int classCount = posterior.length;
        System.arraycopy(logShares, 0, posterior, 0, classCount);
        for (int position = answers.start(example); position < answers.end(example); position++) {
            int row = DawidSkeneCounts.row(answers, position, answerKinds, classCount);
            for (int label = 0; label < classCount; label++) {
                posterior[label] += logConfusion[row + label];
            }
        }
        double highest = posterior[0];
        for (int label = 1; label < classCount; label++) {
            highest = Math.max(highest, posterior[label]);
        }
        double sum = 0;
        for (int label = 0; label < classCount; label++) {
            posterior[label] = Exponential.of(posterior[label] - highest);
            sum += posterior[label];
        }
        for (int label = 0; label < classCount; label++) {
            posterior[label] /= sum;
        }
        return highest + Logarithm.of(sum);
    }
}
