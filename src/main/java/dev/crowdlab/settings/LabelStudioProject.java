package dev.crowdlab.settings;

import org.jspecify.annotations.Nullable;

/**
 * What a dataset with the source {@code label-studio} reads.
 *
 * @param schema where the tables are
 * @param project {@code project.id}
 * @param fromName the name of the question in the labeling configuration
 * @param readsPredictions whether the predictions are the project's, and not those of a {@code predictions-query}
 */
public record LabelStudioProject(String schema, long project, String fromName, boolean readsPredictions) {

    /** Null if the dataset has another source, or settings that cannot be used. */
    static @Nullable LabelStudioProject of(Section dataset) {
        String project = dataset.text(DatasetSetting.PROJECT);
        String fromName = dataset.text(DatasetSetting.FROM_NAME);
        if (!dataset.has(DatasetSetting.SOURCE) || project == null || fromName == null) {
            return null;
        }
        try {
            return new LabelStudioProject(
                    dataset.get(DatasetSetting.SCHEMA),
                    Long.parseLong(project.strip()),
                    fromName,
                    !dataset.has(DatasetSetting.PREDICTIONS_QUERY));
        } catch (NumberFormatException isReported) {
            return null;
        }
    }
}
