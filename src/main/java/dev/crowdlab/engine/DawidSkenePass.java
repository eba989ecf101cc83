package dev.crowdlab.engine;

import dev.crowdlab.engine.numeric.Grid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One round of {@link DawidSkene}: counts the posterior of every example under the parameters; writes nothing. */
final class DawidSkenePass implements Pass<DawidSkeneCounts> {

    private static final long serialVersionUID = 1L;

    private final @Nullable DawidSkeneModel model;

    /**
     * Prepares the pass.
     *
     * @param model null for the first round, where vote shares stand in for posteriors
     */
    DawidSkenePass(@Nullable DawidSkeneModel model) {
        this.model = model;
    }

    @Override
    public DawidSkeneCounts newStatistics(Dimensions dimensions) {
        return new DawidSkeneCounts(dimensions);
    }

    @Override
    public void collect(Block block, DawidSkeneCounts counts) {
        Annotations annotations = block.annotations();
        double[] posterior = new double[annotations.classCount()];
        long[] units = new long[posterior.length];
        for (int example = block.from(); example < block.to(); example++) {
            double logProbability = 0;
            if (model == null) {
                fillShares(annotations, example, posterior);
            } else {
                logProbability = model.fillAndWeigh(annotations, example, posterior);
            }
            for (int label = 0; label < units.length; label++) {
                units[label] = Grid.of(posterior[label]);
            }
            counts.addExample(annotations, example, units, logProbability);
        }
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
