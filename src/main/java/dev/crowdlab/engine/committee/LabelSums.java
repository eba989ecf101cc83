package dev.crowdlab.engine.committee;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.FixedLabels;
import dev.crowdlab.engine.pass.Mergeable;
import dev.crowdlab.engine.soft.SoftLabels;

/** Sums of the open posterior over all annotations of each class, see {@link SoftLabels}. Working memory of one thread. */
final class LabelSums implements Mergeable<LabelSums> {

    /** [classes × true classes] in units of 2^-30. */
    final long[] cells;

    /** [classes] the posterior of an example. */
    private final double[] posterior;
    /** [classes] the same in units. */
    private final long[] units;

    LabelSums(int classCount) {
        cells = new long[classCount * classCount];
        posterior = new double[classCount];
        units = new long[classCount];
    }

    /** Adds the posterior of the example that was taken, which is the fixed class if there is one, for each of its annotations. */
    void addExample(Block block, CandidatePosteriors candidates, OpenPosterior open, FixedLabels fixed) {
        int example = candidates.example();
        open.fill(candidates, posterior);
        int label = fixed.label(example);
        for (int truth = 0; truth < units.length; truth++) {
            units[truth] = label == FixedLabels.FREE ? Grid.of(posterior[truth]) : truth == label ? 1L << Grid.BITS : 0;
        }
        Annotations annotations = block.annotations();
        for (int position = annotations.start(example); position < annotations.end(example); position++) {
            int start = annotations.label(position) * units.length;
            for (int truth = 0; truth < units.length; truth++) {
                cells[start + truth] += units[truth];
            }
        }
    }

    @Override
    public void add(LabelSums other) {
        Mergeable.add(cells, other.cells);
    }
}
