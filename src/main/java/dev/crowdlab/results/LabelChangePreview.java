package dev.crowdlab.results;

import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
     * Compares labels with those of the published run, which are streamed.
     */
    static LabelChangePreview of(DataSource dataSource, long previousRunId, ExampleLabels labels) throws SQLException {
        Count count = new Count(labels);
        try (PublishedLabelReader previous = PublishedLabelReader.open(dataSource, previousRunId)) {
            count.compare(labels.examples(), previous);
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

        private final ExampleLabels labels;
        private final List<String> samples = new ArrayList<>();
        private long previousCount;
        private long commonCount;
        private long changedCount;
        private double qualitySum;

        Count(ExampleLabels labels) {
            this.labels = labels;
        }

        @Override
        public void common(int example, PublishedLabelReader previous) {
            gone(previous);
            commonCount++;
            int label = labels.label(example);
            if (!previous.hasLabel(labels.classes(), label)) {
                changedCount++;
                if (samples.size() < SAMPLES) {
                    samples.add(labels.examples().text(example) + ": " + previous.label() + " → "
                            + labels.classes().text(label));
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
