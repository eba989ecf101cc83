package dev.crowdlab.results;

import dev.crowdlab.results.copy.FieldType;
import dev.crowdlab.results.copy.Grain;
import dev.crowdlab.results.copy.Kept;
import dev.crowdlab.results.copy.ResultTableDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The result tables, named as in the migrations. The columns of a large table are defined in the class that writes its
 * rows, those of the others in {@link SummaryTables}.
 */
public final class ResultTableDefinitions {

    public static final ResultTableDefinition LABEL_QUALITY = LabelQualityTable.DEFINITION;

    public static final ResultTableDefinition ALTERNATIVE_CONSENSUS = AlternativeConsensusTable.DEFINITION;

    public static final ResultTableDefinition DETAILED_LABEL_QUALITY = DetailedLabelQualityTable.DEFINITION;

    public static final ResultTableDefinition ACTIVE_LEARNING_SCORE = ActiveLearningScoreTable.DEFINITION;

    /** Written only by a run that stores the posterior. */
    public static final ResultTableDefinition LABEL_POSTERIOR = LabelPosteriorTable.DEFINITION;

    /** Written only by a run that stores soft labels. */
    public static final ResultTableDefinition SOFT_LABEL = SoftLabelTable.DEFINITION;

    /** Written only by a run that says when to stop asking. */
    public static final ResultTableDefinition LABEL_STATE = LabelStateTable.DEFINITION;

    public static final ResultTableDefinition LABEL_CHANGE = LabelChangeWriter.DEFINITION;

    public static final ResultTableDefinition RUN_CHECK = ResultTableDefinition.of("run_check", Kept.FOREVER)
            .key("code", FieldType.TEXT)
            .column("severity", FieldType.TEXT)
            .column("message", FieldType.TEXT)
            .column("observed", FieldType.DOUBLE)
            .column("threshold", FieldType.DOUBLE)
            .column("rank", FieldType.BIGINT)
            .column("wording", FieldType.JSON);

    /**
     * The tables with one partition per run, in the fixed order of attaching, so that two publishers never deadlock.
     */
    public static final List<ResultTableDefinition> PARTITIONED = List.of(
            LABEL_QUALITY,
            ALTERNATIVE_CONSENSUS,
            DETAILED_LABEL_QUALITY,
            ACTIVE_LEARNING_SCORE,
            LABEL_POSTERIOR,
            SOFT_LABEL,
            LABEL_STATE);

    /** The tables that all runs share. */
    public static final List<ResultTableDefinition> SHARED = Stream.concat(
                    SummaryTables.ALL.stream().map(SummaryTable::definition), Stream.of(LABEL_CHANGE, RUN_CHECK))
            .toList();

    private ResultTableDefinitions() {}

    /** A large table as a run with these features writes it. */
    public static ResultTableDefinition writtenBy(ResultTableDefinition table, Set<RunFeature> features) {
        if (table.equals(LABEL_QUALITY)) {
            return labelQuality(features);
        }
        return table.equals(LABEL_POSTERIOR) ? labelPosterior(features) : table;
    }

    /** The published labels as a run with these features writes them. */
    public static ResultTableDefinition labelQuality(Set<RunFeature> features) {
        return LabelQualityTable.writtenWith(features);
    }

    /** The posterior as a run with these features writes it: where machines label examples too, not of every example. */
    public static ResultTableDefinition labelPosterior(Set<RunFeature> features) {
        return features.contains(RunFeature.MACHINES) ? LABEL_POSTERIOR.oneRowPer(Grain.OTHER) : LABEL_POSTERIOR;
    }

    /** The names of the tables with one partition per run. */
    public static String[] partitionedNames() {
        return PARTITIONED.stream().map(ResultTableDefinition::name).toArray(String[]::new);
    }

    /** The tables whose rows are kept in one of these ways, those with partitions first. */
    public static List<ResultTableDefinition> kept(Kept... ways) {
        return all().filter(table -> Arrays.asList(ways).contains(table.kept())).toList();
    }

    /** Finds the table with that name. */
    public static Optional<ResultTableDefinition> named(String name) {
        return all().filter(table -> table.name().equals(name)).findFirst();
    }

    private static Stream<ResultTableDefinition> all() {
        return Stream.concat(PARTITIONED.stream(), SHARED.stream());
    }
}
