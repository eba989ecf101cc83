package dev.crowdlab.cli;

import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.RunForecast;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code validate} for scripts.
 *
 * @param datasets those that were inspected
 * @param problems what has to be changed, one sentence each
 * @param warnings what may go wrong, one sentence each
 */
record ValidationDocument(List<Entry> datasets, List<String> problems, List<String> warnings) {

    ValidationDocument(List<Entry> datasets, Collection<String> problems, List<String> warnings) {
        this(List.copyOf(datasets), List.copyOf(problems), List.copyOf(warnings));
    }

    /**
     * The expected size and cost of a run of a dataset; null if unknown.
     *
     * @param numAnnotationRows rows that the query for annotations will give
     * @param numPredictionRows rows that the query for predictions will give
     */
    record Entry(
            String dataset,
            @Nullable Long numAnnotationRows,
            @Nullable Long numPredictionRows,
            @Nullable Long heapBytes,
            @Nullable Long diskBytes,
            @Nullable Duration duration) {

        static Entry of(DatasetPlan plan) {
            String name = plan.settings().name();
            return plan.forecast()
                    .map(forecast -> of(name, forecast))
                    .orElseGet(() -> new Entry(name, null, null, null, null, null));
        }

        private static Entry of(String dataset, RunForecast forecast) {
            return new Entry(
                    dataset,
                    forecast.annotationRows(),
                    forecast.predictionRows(),
                    forecast.heapBytes(),
                    forecast.diskBytes(),
                    forecast.duration());
        }
    }
}
