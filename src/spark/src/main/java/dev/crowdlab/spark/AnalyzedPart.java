package dev.crowdlab.spark;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Estimates;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.pass.Slice;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.quality.PublishedPosterior;
import dev.crowdlab.engine.soft.SoftLabelReader;
import dev.crowdlab.engine.soft.SoftLabels;
import dev.crowdlab.engine.stop.StopEstimates;
import dev.crowdlab.engine.stop.StopEstimates.SliceStates;
import dev.crowdlab.results.EarlierStates;
import dev.crowdlab.results.ExampleTables;
import dev.crowdlab.results.LabelChangePreview;
import dev.crowdlab.results.MixedLabels;
import dev.crowdlab.results.RunFeature;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.MethodSettings;
import java.io.Serializable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Some of the examples and their results.
 *
 * @param labeled with the columns of the analysis
 * @param earlier the states of its examples in the run published before
 * @param scores of ActiveLab, [labeled], then [unlabeled]; null if none are wanted
 * @param mixed the examples of people and machines; null if no machines are declared
 */
record AnalyzedPart(
        Dataset dataset,
        Slice labeled,
        Whole whole,
        EarlierStates earlier,
        double @Nullable [] @Nullable [] scores,
        @Nullable MixedPart mixed)
        implements Serializable {

    /**
     * Results for all examples together, as far as the rows of each need them.
     *
     * @param methods the consensus methods; empty if there was nothing to analyze
     * @param meanQualities [methods]
     * @param wanted what is wanted of each example
     * @param posterior what computes the posterior; null if neither it nor its median is wanted, or there was nothing to analyze
     * @param softLabels what computes soft labels; null if they are not wanted, or there was nothing to analyze
     * @param stop the states of examples; null if they have none
     */
    record Whole(
            List<ConsensusMethod> methods,
            double[] meanQualities,
            Wanted wanted,
            @Nullable Broadcast<PublishedPosterior> posterior,
            @Nullable Broadcast<SoftLabels> softLabels,
            @Nullable StopEstimates stop)
            implements Serializable {

        /** What is wanted of each example beside its label. */
        record Wanted(boolean posterior, boolean softLabels, boolean states) implements Serializable {}

        static Whole of(JavaSparkContext spark, Optional<Estimates> estimates, DatasetSettings dataset) {
            MethodSettings settings = dataset.methods();
            Wanted wanted = new Wanted(
                    settings.storesPosterior(),
                    settings.storesSoftLabels(),
                    settings.asking().stop().isPresent());
            return new Whole(
                    estimates.map(Estimates::methods).orElse(List.of()),
                    estimates.map(Estimates::meanQualities).orElse(new double[0]),
                    wanted,
                    dataset.keepsPosterior()
                            ? estimates
                                    .flatMap(Estimates::posterior)
                                    .map(spark::broadcast)
                                    .orElse(null)
                            : null,
                    estimates
                            .flatMap(Estimates::softLabels)
                            .map(spark::broadcast)
                            .orElse(null),
                    estimates
                            .flatMap(Estimates::stop)
                            .filter(found -> found.refusal().isEmpty())
                            .orElse(null));
        }

        private Optional<ExampleResults> on(Slice labeled) {
            return methods.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ExampleResults(methods, meanQualities, labeled));
        }
    }

    private Optional<MixedLabels> labels() {
        return Optional.ofNullable(mixed).map(found -> found.labels(results()));
    }

    private ExampleTables tables(long runId) {
        return new ExampleTables(runId, dataset, results(), labels());
    }

    private Optional<ExampleResults> results() {
        return whole.on(labeled);
    }

    /** Compares these examples with the labels of a stored run. */
    LabelChangePreview difference(DataSource dataSource, long storedRunId) throws SQLException {
        return tables(0).differenceFrom(dataSource, storedRunId);
    }

    private Optional<ActiveLabScores> activeLab() {
        double @Nullable [] @Nullable [] found = scores;
        return found == null || found[0] == null || found[1] == null
                ? Optional.empty()
                : Optional.of(new ActiveLabScores(found[0], found[1]));
    }

    private Optional<PosteriorReader> posterior() {
        return Optional.ofNullable(whole.posterior()).map(sent -> sent.value().on(labeled));
    }

    private Optional<SoftLabelReader> softLabels() {
        return Optional.ofNullable(whole.softLabels()).map(sent -> sent.value().on(labeled));
    }

    private Optional<SliceStates> states() {
        return Optional.ofNullable(whole.stop()).map(stop -> stop.on(labeled));
    }

    /** The rows of all tables with a row for each example or annotation. */
    List<ResultTable> largeTables(RunRows run) {
        ExampleTables tables = tables(run.runId());
        List<ResultTable> all = new ArrayList<>(List.of(
                tables.labelQuality(
                        run.features(), run.features().contains(RunFeature.SCALE) ? posterior() : Optional.empty()),
                tables.alternativeConsensus(),
                tables.detailedLabelQuality(),
                tables.activeLearningScore(activeLab())));
        if (whole.wanted().posterior()) {
            all.add(tables.labelPosterior(posterior()));
        }
        if (whole.wanted().softLabels()) {
            all.add(tables.softLabel(softLabels()));
        }
        if (whole.wanted().states()) {
            all.add(tables.labelState(states(), earlier, run.asOf()));
        }
        return all;
    }

    Summaries summaries(Period length) {
        return Summaries.of(dataset, results(), activeLab(), length, labels());
    }
}
