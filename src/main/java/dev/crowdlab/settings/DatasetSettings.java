package dev.crowdlab.settings;

import dev.crowdlab.dataset.DuplicateAnnotation;
import dev.crowdlab.dataset.InputRules;
import dev.crowdlab.dataset.MissingPrediction;
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
 * @param methods how the dataset is analysed
 * @param checks when the result is published
 */
public record DatasetSettings(
        String name,
        @Nullable String annotationsQuery,
        @Nullable String predictionsQuery,
        InputRules inputRules,
        MethodSettings methods,
        CheckSettings checks) {

    /** A dataset of the built-in input tables for which nothing is configured. */
    public static DatasetSettings builtIn(String name) {
        return new DatasetSettings(
                name,
                null,
                null,
                new InputRules(List.of(), MissingPrediction.REJECT, DuplicateAnnotation.LATEST),
                MethodSettings.DEFAULT,
                CheckSettings.DEFAULT);
    }

    /** Whether the rows come from the built-in input tables. */
    public boolean isBuiltIn() {
        return annotationsQuery == null;
    }
}
