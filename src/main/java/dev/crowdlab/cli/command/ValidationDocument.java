package dev.crowdlab.cli.command;

import dev.crowdlab.plan.DatasetPlan;
import dev.crowdlab.plan.RunForecast;
import dev.crowdlab.plan.SampleResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The output of {@code validate} for scripts.
 *
 * @param datasets those that were inspected
 * @param problems what has to be changed, one sentence each
 * @param warnings what may go wrong, one sentence each
 * @param notes what is worth knowing, one sentence each
 */
public record ValidationDocument(
        List<Entry> datasets, List<String> problems, List<String> warnings, List<String> notes) {

    ValidationDocument(
            List<Entry> datasets, Collection<String> problems, List<String> warnings, Collection<String> notes) {
        this(List.copyOf(datasets), List.copyOf(problems), List.copyOf(warnings), List.copyOf(notes));
    }

    /**
     * The expected size and cost of a run of a dataset, and how much was read; null if unknown, or nothing was read.
     *
     * @param numAnnotationRows rows that the query for annotations will give
     * @param numPredictionRows rows that the query for predictions will give
     * @param numSampledAnnotations rows of annotations that were read and checked
     * @param numSampledPredictions rows of predictions that were read and checked
     */
    record Entry(
            String dataset,
            @Nullable Long numAnnotationRows,
            @Nullable Long numPredictionRows,
            @Nullable Long heapBytes,
            @Nullable Long diskBytes,
            @Nullable Duration duration,
            @Nullable Long numSampledAnnotations,
            @Nullable Long numSampledPredictions) {

        static Entry of(DatasetPlan plan, Optional<SampleResult> sample) {
            Optional<RunForecast> forecast = plan.forecast();
            return new Entry(
                    plan.settings().name(),
                    forecast.map(RunForecast::annotationRows).orElse(null),
                    forecast.map(RunForecast::predictionRows).orElse(null),
                    forecast.map(RunForecast::heapBytes).orElse(null),
                    forecast.map(RunForecast::diskBytes).orElse(null),
                    forecast.map(RunForecast::duration).orElse(null),
                    sample.map(SampleResult::annotationRows).orElse(null),
                    sample.map(SampleResult::predictionRows).orElse(null));
        }
    }
}
