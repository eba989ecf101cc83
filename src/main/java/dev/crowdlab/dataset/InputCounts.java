package dev.crowdlab.dataset;

import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of rows by outcome: annotations read = analyzed + collapsed + rejected.
 *
 * @param annotationRows annotation rows read
 * @param predictionRows prediction rows read
 * @param goldRows gold rows read
 * @param collapsed repeated annotations with the same label
 * @param renormalized predictions that were divided by their sum
 * @param unlabeled examples with usable predictions but no accepted annotation
 * @param partlyPredicted examples without accepted annotation that have usable predictions, but not of every model
 * @param uniform annotated examples whose missing prediction was replaced by a uniform one
 * @param unpredicted annotated examples that were rejected because a prediction is missing
 * @param newest the greatest finite annotated_at of the annotations with ids and label; null if there is none
 */
public record InputCounts(
        long annotationRows,
        long predictionRows,
        long goldRows,
        long collapsed,
        long renormalized,
        long unlabeled,
        long partlyPredicted,
        long uniform,
        long unpredicted,
        @Nullable Instant newest)
        implements Serializable {

    /** The {@code newest}; empty if there is none. */
    public Optional<Instant> newestAnnotation() {
        return Optional.ofNullable(newest);
    }

    /** The numbers of this part of a dataset and another together. */
    public InputCounts plus(InputCounts other) {
        return new InputCounts(
                annotationRows + other.annotationRows,
                predictionRows + other.predictionRows,
                goldRows + other.goldRows,
                collapsed + other.collapsed,
                renormalized + other.renormalized,
                unlabeled + other.unlabeled,
                partlyPredicted + other.partlyPredicted,
                uniform + other.uniform,
                unpredicted + other.unpredicted,
                later(newest, other.newest));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
}
