package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.Consensus;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The changes that publishing a result would make to the published labels, computed before anything is written.
 *
 * @param previousRunId number of the published run
 * @param previousCount its examples
 * @param previousQuality the mean quality of its consensus labels; NaN if it has none
 * @param commonCount examples in both runs
 * @param changedCount common examples whose label would change
 * @param samples the first few changes, formatted for display
 */
public record LabelChangePreview(
        long previousRunId,
        long previousCount,
        double previousQuality,
        long commonCount,
        long changedCount,
        List<String> samples)
        implements Serializable {

    private static final int SAMPLES = 5;

    /** Lists are copied. */
    public LabelChangePreview {
        samples = List.copyOf(samples);
    }

    /** Returns the changes to the labels of the same run that these examples and others would make together. */
    public LabelChangePreview plus(LabelChangePreview others) {
        return new LabelChangePreview(
                previousRunId,
                previousCount,
                previousQuality,
                commonCount + others.commonCount,
                changedCount + others.changedCount,
                Stream.concat(samples.stream(), others.samples.stream())
                        .sorted()
                        .limit(SAMPLES)
                        .toList());
    }

    /**
     * Compares a consensus with that of the published run, which is streamed.
     *
     * @param consensus empty if the dataset has no examples
     */
    static LabelChangePreview of(
            DataSource dataSource, long previousRunId, Dataset dataset, Optional<Consensus> consensus)
            throws SQLException {
        Count count = new Count(dataset, consensus);
        try (PublishedLabelReader previous = PublishedLabelReader.open(dataSource, previousRunId)) {
            count.compare(dataset.examples(), previous);
        }
        return new LabelChangePreview(
                previousRunId,
                count.previousCount,
                count.qualitySum / count.previousCount,
                count.commonCount,
                count.changedCount,
                count.samples);
    }

    private static final class Count implements LabelComparison {

        private final Dataset dataset;
        private final Optional<Consensus> consensus;
        private final List<String> samples = new ArrayList<>();
        private long previousCount;
        private long commonCount;
        private long changedCount;
        private double qualitySum;

        Count(Dataset dataset, Optional<Consensus> consensus) {
            this.dataset = dataset;
            this.consensus = consensus;
        }

        @Override
        public void common(int example, PublishedLabelReader previous) {
            gone(previous);
            commonCount++;
            int label = consensus.orElseThrow().label(example);
            if (!previous.hasLabel(dataset.classes(), label)) {
                changedCount++;
                if (samples.size() < SAMPLES) {
                    samples.add(dataset.examples().text(example) + ": " + previous.label() + " → "
                            + dataset.classes().text(label));
                }
            }
        }

        @Override
        public void added(int example) {
            // is not in the published run, to which the counts refer
        }

        @Override
        public void gone(PublishedLabelReader previous) {
            previousCount++;
            qualitySum += previous.quality();
        }
    }
}
