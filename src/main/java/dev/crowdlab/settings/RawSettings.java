package dev.crowdlab.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings under {@code crowdlab.} before they are checked: every value is text, so that all problems can be
 * reported at once. Null if a setting is missing. The components are the settings' names, written there with hyphens;
 * {@code configuration.md} explains them.
 */
// more components: one for each setting, as it is written
public record RawSettings(
        @Nullable Map<String, RawDataset> datasets,
        @Nullable Map<String, RawTemplate> templates,
        @Nullable RawSource source,
        @Nullable RawRetention retention,
        @Nullable RawStandby standby,
        @Nullable RawEmbedded embedded,
        @Nullable String threads,
        @Nullable String blockRows,
        @Nullable String retry,
        @Nullable String lockTimeout,
        @Nullable String periods,
        @Nullable RawWebhook webhook,
        @Nullable RawMetrics metrics,
        @Nullable RawLineage openlineage) {

    public RawSettings withDatasets(Map<String, RawDataset> other) {
        return new RawSettings(
                other,
                templates,
                source,
                retention,
                standby,
                embedded,
                threads,
                blockRows,
                retry,
                lockTimeout,
                periods,
                webhook,
                metrics,
                openlineage);
    }

    /** The same with other templates. */
    public RawSettings withTemplates(Map<String, RawTemplate> other) {
        return new RawSettings(
                datasets,
                other,
                source,
                retention,
                standby,
                embedded,
                threads,
                blockRows,
                retry,
                lockTimeout,
                periods,
                webhook,
                metrics,
                openlineage);
    }

    public record RawTemplate(
            @Nullable Map<String, String> projects,
            @Nullable RawDataset dataset) {}

    // more components: one for each setting of a dataset, as it is written
    public record RawDataset(
            @Nullable String annotationsQuery,
            @Nullable String predictionsQuery,
            @Nullable String annotationsTable,
            @Nullable String predictionsTable,
            @Nullable String goldTable,
            @Nullable String goldQuery,
            @Nullable String source,
            @Nullable String project,
            @Nullable String fromName,
            @Nullable String annotator,
            @Nullable String schema,
            @Nullable List<String> modelVersions,
            @Nullable String useGold,
            @Nullable List<String> classes,
            @Nullable List<String> consensusMethods,
            @Nullable String qualityMethod,
            @Nullable String labelQualityScore,
            @Nullable String adjustPredictions,
            @Nullable String calibratePredictions,
            @Nullable String activeLearning,
            @Nullable String storePosterior,
            @Nullable String onMissingPrediction,
            @Nullable String onDuplicateAnnotation,
            @Nullable String onIncompletePrediction,
            @Nullable String timeZone,
            @Nullable Map<String, String> checks,
            @Nullable Map<String, String> acknowledged,
            @Nullable String timeout,
            @Nullable String exampleUrl,
            @Nullable String exampleTextQuery) {

        /** The same with other queries. */
        public RawDataset withQueries(
                @Nullable String annotations, @Nullable String predictions, @Nullable String gold) {
            return with(annotations, predictions, gold, project, onIncompletePrediction);
        }

        /** The same with another address and query of its examples. */
        public RawDataset withExamples(@Nullable String otherUrl, @Nullable String otherTextQuery) {
            return new RawDataset(
                    annotationsQuery,
                    predictionsQuery,
                    annotationsTable,
                    predictionsTable,
                    goldTable,
                    goldQuery,
                    source,
                    project,
                    fromName,
                    annotator,
                    schema,
                    modelVersions,
                    useGold,
                    classes,
                    consensusMethods,
                    qualityMethod,
                    labelQualityScore,
                    adjustPredictions,
                    calibratePredictions,
                    activeLearning,
                    storePosterior,
                    onMissingPrediction,
                    onDuplicateAnnotation,
                    onIncompletePrediction,
                    timeZone,
                    checks,
                    acknowledged,
                    timeout,
                    otherUrl,
                    otherTextQuery);
        }

        /** The same for another project of its source. */
        RawDataset withProject(String other) {
            return with(annotationsQuery, predictionsQuery, goldQuery, other, onIncompletePrediction);
        }

        /** The same with another rule for predictions that lack classes. */
        RawDataset withOnIncompletePrediction(String other) {
            return with(annotationsQuery, predictionsQuery, goldQuery, project, other);
        }

        private RawDataset with(
                @Nullable String annotations,
                @Nullable String predictions,
                @Nullable String gold,
                @Nullable String otherProject,
                @Nullable String incompletePrediction) {
            return new RawDataset(
                    annotations,
                    predictions,
                    annotationsTable,
                    predictionsTable,
                    goldTable,
                    gold,
                    source,
                    otherProject,
                    fromName,
                    annotator,
                    schema,
                    modelVersions,
                    useGold,
                    classes,
                    consensusMethods,
                    qualityMethod,
                    labelQualityScore,
                    adjustPredictions,
                    calibratePredictions,
                    activeLearning,
                    storePosterior,
                    onMissingPrediction,
                    onDuplicateAnnotation,
                    incompletePrediction,
                    timeZone,
                    checks,
                    acknowledged,
                    timeout,
                    exampleUrl,
                    exampleTextQuery);
        }
    }

    public record RawSource(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password) {}

    public record RawRetention(
            @Nullable String runs,
            @Nullable String maxAge,
            @Nullable String grace,
            @Nullable String batchMetadata,
            @Nullable String rejectedRows,
            @Nullable String history) {}

    public record RawStandby(
            @Nullable String replay, @Nullable String planning) {}

    public record RawWebhook(
            @Nullable String url,
            @Nullable String secret,
            @Nullable List<String> events) {}

    public record RawMetrics(
            @Nullable String file,
            @Nullable String pushgateway,
            @Nullable String otlp,
            @Nullable List<String> otlpHeaders) {}

    public record RawLineage(
            @Nullable String url,
            @Nullable String apiKey,
            @Nullable String namespace) {}

    public record RawEmbedded(
            @Nullable String directory, @Nullable String port) {}
}
