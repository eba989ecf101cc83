package dev.crowdlab.engine.machine;

import dev.crowdlab.engine.numeric.Grid;
import dev.crowdlab.engine.pass.Column;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.NotThreadSafe;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;

/** What people's consensus says of one example at a time. Working memory of one thread. */
@NotThreadSafe
final class AnchoredExample {

    private final PosteriorReader reader;
    private final Slice slice;
    private final double[] qualities;
    private final double[] open;
    /** [classes] the open posterior in units of 2^-30. */
    final long[] units;

    private int label;
    private double quality;
    private double others;

    AnchoredExample(Slice slice, PublishedPosterior openPosterior) {
        this.slice = slice;
        reader = openPosterior.on(slice);
        qualities = slice.get(Column.quality(ConsensusMethod.COMMITTEE));
        open = new double[slice.annotations().classCount()];
        units = new long[open.length];
    }

    /** Takes the example. */
    void open(int example) {
        reader.fill(example, open);
        label = slice.get(Column.consensus(ConsensusMethod.COMMITTEE)).label(example);
        quality = qualities[example];
        others = 0;
        for (int other = 0; other < open.length; other++) {
            units[other] = Grid.of(open[other]);
            others += other == label ? 0 : open[other];
        }
    }

    /** Returns the consensus. */
    int label() {
        return label;
    }

    /** Returns the probability that the class is right: with its confidence corrected. */
    double probability(int other) {
        if (other == label) {
            return quality;
        }
        return Math.min(1, others > 0 ? (1 - quality) * (open[other] / others) : (1 - quality) / (open.length - 1));
    }
}
