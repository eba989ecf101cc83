package dev.crowdlab.settings;

import dev.crowdlab.dataset.DuplicateAnnotation;
import dev.crowdlab.dataset.InputRules;
import dev.crowdlab.dataset.MissingPrediction;
import dev.crowdlab.engine.ConsensusMethod;
import dev.crowdlab.engine.QualityMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one dataset is read and analysed.
 *
 * @param name letters, digits, _ and -, at most 100
 * @param annotationsQuery the query for annotations; null: the built-in table {@code crowdlab.annotation}
 * @param predictionsQuery the query for predictions; null with a query for annotations: there are no predictions; null
 *     without one: the built-in table {@code crowdlab.prediction}
 * @param inputRules how raw rows become a dataset
 * @param consensusMethods the first is published, the others go to {@code alternative_consensus}; never empty
 * @param qualityMethod how good a consensus is taken to be
 * @param checks when the result is published
 */
public record DatasetSettings(
        String name,
        @Nullable String annotationsQuery,
        @Nullable String predictionsQuery,
        InputRules inputRules,
        List<ConsensusMethod> consensusMethods,
        QualityMethod qualityMethod,
        CheckSettings checks) {

    public DatasetSettings {
        consensusMethods = List.copyOf(consensusMethods);
    }

    /** A dataset of the built-in input tables for which nothing is configured. */
    public static DatasetSettings builtIn(String name) {
        return new DatasetSettings(
                name,
                null,
                null,
                new InputRules(List.of(), MissingPrediction.REJECT, DuplicateAnnotation.LATEST),
                List.of(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE),
                QualityMethod.CROWDLAB,
                CheckSettings.DEFAULT);
    }

    /** Whether the rows come from the built-in input tables. */
    public boolean isBuiltIn() {
        return annotationsQuery == null;
    }
}
