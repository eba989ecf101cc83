package dev.crowdlab.settings;

import dev.crowdlab.settings.RawSettings.RawDataset;
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
    static @Nullable LabelStudioProject of(RawDataset raw) {
        if (raw.source() == null || raw.project() == null || raw.fromName() == null) {
            return null;
        }
        try {
            return new LabelStudioProject(
                    raw.schema() == null ? SourceReader.DEFAULT_SCHEMA : raw.schema(),
                    Long.parseLong(raw.project().strip()),
                    raw.fromName(),
                    raw.predictionsQuery() == null);
        } catch (NumberFormatException isReported) {
            return null;
        }
    }
}
