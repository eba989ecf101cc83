package dev.crowdlab.results;

import dev.crowdlab.dataset.Dataset;
import dev.crowdlab.engine.ActiveLabScores;
import dev.crowdlab.engine.Consensus;
import dev.crowdlab.engine.ExampleResults;
import dev.crowdlab.engine.quality.PosteriorReader;
import dev.crowdlab.engine.soft.SoftLabelReader;
import dev.crowdlab.engine.stop.StopEstimates.SliceStates;
import dev.crowdlab.results.copy.EmptyTable;
import dev.crowdlab.results.copy.ResultTable;
import dev.crowdlab.results.copy.WrittenTable;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The rows of the tables with a row for each example or annotation, for a dataset or a part of it. */
public final class ExampleTables {

    private final long runId;
    private final Dataset dataset;
    private final Optional<ExampleResults> results;
    private final Optional<MixedLabels> machines;

    /**
     * @param results empty if there was nothing to analyze
     */
    public ExampleTables(long runId, Dataset dataset, Optional<ExampleResults> results) {
        this(runId, dataset, results, Optional.empty());
    }

    /**
     * The same of people, with the labels of machines.
     *
     * @param machines empty if none are declared
     */
    public ExampleTables(
            long runId, Dataset dataset, Optional<ExampleResults> results, Optional<MixedLabels> machines) {
        this.runId = runId;
        this.dataset = dataset;
        this.results = results;
        this.machines = machines;
    }

    private ExampleLabels labels() {
        return machines.<ExampleLabels>map(found -> found)
                .orElseGet(() -> ExampleLabels.of(dataset, results.map(ExampleResults::published)));
    }

    /** Returns the changes that the consensus would make to the labels of a stored run. */
    public LabelChangePreview differenceFrom(DataSource dataSource, long previousRunId) throws SQLException {
        return LabelChangePreview.of(dataSource, previousRunId, labels());
    }

    /** Writes the changes that the consensus makes to the labels of the published run into label_change. */
    public WrittenTable writeLabelChange(DataSource dataSource, long previousRunId) throws SQLException {
        return LabelChangeWriter.write(dataSource, runId, previousRunId, labels());
    }

    /**
     * The published consensus.
     *
     * @param features of the run
     * @param posterior of these examples, whose median is published; empty if the classes have no order, or there was
     *     nothing to analyze
     */
    public ResultTable labelQuality(Set<RunFeature> features, Optional<PosteriorReader> posterior) {
        Optional<LabelQualityTable> people =
                results.map(found -> new LabelQualityTable(runId, dataset, found, posterior));
        if (machines.isPresent()) {
            return new SourcedLabelTable(runId, features, machines.get(), people);
        }
        return people.<ResultTable>map(found -> found)
                .orElseGet(() -> new EmptyTable(LabelQualityTable.writtenWith(features)));
    }

    /** The consensus of the other methods. */
    public ResultTable alternativeConsensus() {
        List<Consensus> alternatives = results.map(ExampleResults::alternatives).orElse(List.of());
        return new AlternativeConsensusTable(runId, dataset, alternatives);
    }

    /** The quality of every annotation. */
    public ResultTable detailedLabelQuality() {
        return results.<ResultTable>map(found -> new DetailedLabelQualityTable(runId, dataset, found))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.DETAILED_LABEL_QUALITY));
    }

    /**
     * The posterior over the classes.
     *
     * @param posterior of these examples; empty if there was nothing to analyze
     */
    public ResultTable labelPosterior(Optional<PosteriorReader> posterior) {
        return posterior
                .<ResultTable>map(found -> new LabelPosteriorTable(runId, dataset, found))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.LABEL_POSTERIOR));
    }

    /**
     * What the next annotator would say.
     *
     * @param labels of these examples; empty if there was nothing to analyze
     */
    public ResultTable softLabel(Optional<SoftLabelReader> labels) {
        return labels.<ResultTable>map(found -> new SoftLabelTable(runId, dataset, found))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.SOFT_LABEL));
    }

    /**
     * Which examples need further labels.
     *
     * @param states of these examples; empty if they have none
     * @param earlier their states in the run published before
     * @param asOf the time that the run describes
     */
    public ResultTable labelState(Optional<SliceStates> states, EarlierStates earlier, Instant asOf) {
        return states.<ResultTable>map(
                        found -> new LabelStateTable(runId, dataset, results.orElseThrow(), found, earlier, asOf))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.LABEL_STATE));
    }

    /**
     * Scores of what to label next.
     *
     * @param scores empty if there are no predictions or no scores are wanted
     */
    public ResultTable activeLearningScore(Optional<ActiveLabScores> scores) {
        return scores.<ResultTable>map(found -> new ActiveLearningScoreTable(runId, dataset, found))
                .orElseGet(() -> new EmptyTable(ResultTableDefinitions.ACTIVE_LEARNING_SCORE));
    }
}
