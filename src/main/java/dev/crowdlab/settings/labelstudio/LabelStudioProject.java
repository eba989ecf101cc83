package dev.crowdlab.settings.labelstudio;

/**
 * What a dataset with the source {@code label-studio} reads.
 *
 * @param schema where the tables are
 * @param project {@code project.id}
 * @param fromName the name of the question in the labeling configuration
 * @param readsPredictions whether the predictions are the project's, and not those of a {@code predictions-query}
 */
public record LabelStudioProject(String schema, long project, String fromName, boolean readsPredictions) {}
