package dev.crowdlab.engine.dawidskene;

import dev.crowdlab.engine.DawidSkene;
import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.numeric.Logarithm;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Pass;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One round of {@link DawidSkene}: counts the posterior of every example under the parameters; writes nothing. */
public final class DawidSkenePass implements Pass<DawidSkeneCounts> {

    private final int answerKinds;
    private final @Nullable DawidSkeneModel model;

    /**
     * Prepares the pass.
     *
     * @param answerKinds the classes, and abstaining if anybody does
     * @param model null for the first round, where vote shares stand in for posteriors
     */
    DawidSkenePass(int answerKinds, @Nullable DawidSkeneModel model) {
        this.answerKinds = answerKinds;
        this.model = model;
    }

    @Override
    public DawidSkeneCounts newStatistics(Dimensions dimensions) {
        return new DawidSkeneCounts(dimensions, answerKinds);
    }

    @Override
    public void collect(Block block, DawidSkeneCounts counts) {
        Annotations annotations = block.annotations();
        Annotations answers = block.answers();
        double[] posterior = new double[annotations.classCount()];
        long[] units = new long[posterior.length];
        FixedLabels fixed = FixedLabels.of(block.input());
        for (int example = block.from(); example < block.to(); example++) {
            double logProbability = 0;
            if (model == null) {
                fillShares(annotations, example, posterior);
            } else {
                logProbability = model.fillAndWeigh(answers, example, posterior);
            }
            if (fixed.label(example) != FixedLabels.FREE) {
                logProbability += fix(posterior, fixed.label(example));
            }
            for (int label = 0; label < units.length; label++) {
                units[label] = Grid.of(posterior[label]);
            }
            counts.addExample(answers, example, units, logProbability);
        }
    }

    /** Makes the class certain; returns the logarithm of how probable it was. */
    private static double fix(double[] posterior, int label) {
        double logarithm = Logarithm.of(Math.max(Double.MIN_NORMAL, posterior[label]));
        Arrays.fill(posterior, 0);
        posterior[label] = 1;
        return logarithm;
    }

    private static void fillShares(Annotations annotations, int example, double[] shares) {
        Arrays.fill(shares, 0);
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            shares[annotations.label(position)] += 1;
        }
        for (int label = 0; label < shares.length; label++) {
            shares[label] /= annotations.size(example);
        }
    }
}
