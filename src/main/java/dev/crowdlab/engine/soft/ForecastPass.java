package dev.crowdlab.engine.soft;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Annotations;
import dev.crowdlab.engine.pass.Block;
import dev.crowdlab.engine.pass.Dimensions;
import dev.crowdlab.engine.pass.Pass;
import dev.crowdlab.engine.pass.SparseCounts;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;

/** Sums up, for every annotator and class that the annotator gave, how probable each class is where they gave it. */
final class ForecastPass implements Pass<SparseCounts> {

    private final PublishedPosterior open;

    ForecastPass(PublishedPosterior open) {
        this.open = open;
    }

    /** Returns rows of [true classes] in units of 2^-30. */
    @Override
    public SparseCounts newStatistics(Dimensions dimensions) {
        return new SparseCounts(dimensions.classCount());
    }

    static long key(int annotator, int label, int classCount) {
        return (long) annotator * classCount + label;
    }

    @Override
    public void collect(Block block, SparseCounts sums) {
        Annotations annotations = block.annotations();
        int classCount = annotations.classCount();
        PosteriorReader reader = open.on(block.input());
        double[] posterior = new double[classCount];
        long[] units = new long[classCount];
        for (int example = block.from(); example < block.to(); example++) {
            reader.fill(example, posterior);
            for (int truth = 0; truth < classCount; truth++) {
                units[truth] = Grid.of(posterior[truth]);
            }
            for (int position = annotations.start(example); position < annotations.end(example); position++) {
                sums.addRow(key(annotations.annotator(position), annotations.label(position), classCount), units);
            }
        }
    }
}
