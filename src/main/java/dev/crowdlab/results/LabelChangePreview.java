package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.IdList;
import dev.crowdlab.dataset.Utf8Texts;
import dev.crowdlab.engine.Consensus;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
    private static final int FETCH_SIZE = 10_000;

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
     * Compares a consensus with that of the published run, which is streamed in the order of the ids.
     *
     * @param consensus empty if the dataset has no examples
     */
    static LabelChangePreview of(
            DataSource dataSource, long previousRunId, Dataset dataset, Optional<Consensus> consensus)
            throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false); // autocommit would make the driver read all rows at once
            connection.setReadOnly(true);
            return of(connection, previousRunId, new Merge(dataset, consensus));
        }
    }

    private static LabelChangePreview of(Connection connection, long previousRunId, Merge merge) throws SQLException {
        String labels = "select example_id, consensus_label, consensus_quality_score from "
                + PublishedLabels.relation(connection, previousRunId) + " where run_id = ? order by example_id";
        try (PreparedStatement statement = connection.prepareStatement(labels)) {
            statement.setFetchSize(FETCH_SIZE);
            statement.setLong(1, previousRunId);
            try (ResultSet previous = statement.executeQuery()) {
                return merge.over(previous, previousRunId);
            }
        }
    }

    /** Merges both sides in the order of the ids. */
    private static final class Merge {

        private final Dataset dataset;
        private final Optional<Consensus> consensus;
        private final List<String> samples = new ArrayList<>();
        private int example;
        private long previousCount;
        private long commonCount;
        private long changedCount;
        private double qualitySum;

        Merge(Dataset dataset, Optional<Consensus> consensus) {
            this.dataset = dataset;
            this.consensus = consensus;
        }

        LabelChangePreview over(ResultSet previous, long previousRunId) throws SQLException {
            while (previous.next()) {
                previousCount++;
                qualitySum += previous.getDouble(3);
                if (isFound(previous.getString(1))) {
                    commonCount++;
                    compare(previous.getString(2));
                }
            }
            return new LabelChangePreview(
                    previousRunId, previousCount, qualitySum / previousCount, commonCount, changedCount, samples);
        }

        private boolean isFound(String id) {
            IdList ids = dataset.examples();
            byte[] wanted = id.getBytes(StandardCharsets.UTF_8);
            int order = -1;
            while (example < ids.size() && order < 0) {
                order = Utf8Texts.compare(ids, example, wanted, 0, wanted.length);
                example += order < 0 ? 1 : 0;
            }
            return order == 0;
        }

        private void compare(String previousLabel) {
            String label = dataset.classes().text(consensus.orElseThrow().label(example));
            if (!label.equals(previousLabel)) {
                changedCount++;
                if (samples.size() < SAMPLES) {
                    samples.add(dataset.examples().text(example) + ": " + previousLabel + " → " + label);
                }
            }
        }
    }
}
