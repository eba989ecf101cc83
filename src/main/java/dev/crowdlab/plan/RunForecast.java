package dev.crowdlab.plan;

import java.time.Duration;

/**
 * The expected size and cost of a run of a dataset.
 *
 * @param annotationRows rows of annotations
 * @param predictionRows rows of predictions
 * @param heapBytes memory of this program
 * @param diskBytes disk of the database
 * @param duration from start to end
 */
public record RunForecast(long annotationRows, long predictionRows, long heapBytes, long diskBytes, Duration duration) {

    static RunForecast of(InputSize size, long heapBytes, long diskBytes) {
        return new RunForecast(
                size.annotationRows(), size.predictionRows(), heapBytes, diskBytes, HeapEstimate.duration(size));
    }
}
