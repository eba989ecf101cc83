package dev.crowdlab.results;

import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result tables, named as in the migrations. Each table's columns are defined in the class that writes its rows.
 */
public final class ResultTableDefinitions {

    public static final ResultTableDefinition LABEL_QUALITY = LabelQualityTable.DEFINITION;

    public static final ResultTableDefinition ALTERNATIVE_CONSENSUS = AlternativeConsensusTable.DEFINITION;

    public static final ResultTableDefinition DETAILED_LABEL_QUALITY = DetailedLabelQualityTable.DEFINITION;

    public static final ResultTableDefinition ACTIVE_LEARNING_SCORE = ActiveLearningScoreTable.DEFINITION;

    /** Written only by a run that stores the posterior. */
    public static final ResultTableDefinition LABEL_POSTERIOR = LabelPosteriorTable.DEFINITION;

    /** Written only by a run that stores the posterior. */
    public static final ResultTableDefinition RUN_CLASS = RunClassTable.DEFINITION;

    public static final ResultTableDefinition ANNOTATOR_STATS = AnnotatorStatsTable.DEFINITION;

    /** The annotators of a dataset with gold. */
    public static final ResultTableDefinition ANNOTATOR_STATS_WITH_GOLD = AnnotatorStatsTable.WITH_GOLD;

    public static final ResultTableDefinition ANNOTATOR_CONFUSION = AnnotatorConfusionTable.DEFINITION;

    public static final ResultTableDefinition ANNOTATOR_PAIR = AnnotatorPairTable.DEFINITION;

    public static final ResultTableDefinition ANNOTATOR_PERIOD = AnnotatorPeriodTable.DEFINITION;

    public static final ResultTableDefinition LABEL_QUALITY_BIN = LabelQualityBinTable.DEFINITION;

    public static final ResultTableDefinition CALIBRATION_BIN = CalibrationBinTable.DEFINITION;

    public static final ResultTableDefinition DATASET_STATS = DatasetStatsTable.DEFINITION;

    public static final ResultTableDefinition WORK_LIST = WorkListTable.DEFINITION;

    public static final ResultTableDefinition LABEL_CHANGE = LabelChangeWriter.DEFINITION;

    public static final ResultTableDefinition RUN_MODEL = RunModelTable.DEFINITION;

    public static final ResultTableDefinition RUN_CONSENSUS = RunConsensusTable.DEFINITION;

    public static final ResultTableDefinition RUN_EXPERT = RunExpertTable.DEFINITION;

    public static final ResultTableDefinition RUN_EXPERT_MODEL = RunExpertModelTable.DEFINITION;

    public static final ResultTableDefinition REJECTED_ROW = RejectedRowTable.DEFINITION;

    public static final ResultTableDefinition REJECTED_COUNT = RejectedCountTable.DEFINITION;

    public static final ResultTableDefinition RUN_CHECK = new ResultTableDefinition(
            "run_check",
            List.of("run_id", "code", "severity", "message", "observed", "threshold", "rank", "wording"),
            List.of("run_id", "code"),
            false);

    /**
     * The tables with one partition per run, in the fixed order of attaching, so that two publishers never deadlock.
     */
    public static final List<ResultTableDefinition> PARTITIONED = List.of(
            LABEL_QUALITY, ALTERNATIVE_CONSENSUS, DETAILED_LABEL_QUALITY, ACTIVE_LEARNING_SCORE, LABEL_POSTERIOR);

    /** The tables that all runs share. */
    public static final List<ResultTableDefinition> SHARED = List.of(
            ANNOTATOR_STATS,
            ANNOTATOR_CONFUSION,
            ANNOTATOR_PAIR,
            ANNOTATOR_PERIOD,
            LABEL_QUALITY_BIN,
            CALIBRATION_BIN,
            DATASET_STATS,
            RUN_CLASS,
            WORK_LIST,
            LABEL_CHANGE,
            RUN_MODEL,
            RUN_CONSENSUS,
            RUN_EXPERT,
            RUN_EXPERT_MODEL,
            REJECTED_ROW,
            REJECTED_COUNT,
            RUN_CHECK);

    private ResultTableDefinitions() {}

    /** The names of the tables with one partition per run. */
    public static String[] partitionedNames() {
        return PARTITIONED.stream().map(ResultTableDefinition::name).toArray(String[]::new);
    }

    /** Finds the table with that name. */
    public static Optional<ResultTableDefinition> named(String name) {
        return Stream.concat(PARTITIONED.stream(), SHARED.stream())
                .filter(table -> table.name().equals(name))
                .findFirst();
    }
}
