package dev.crowdlab.checks;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.LabelStudioProject;

/** Where the predictions of a dataset's models come from, which decides how one of them is left out. */
enum ModelSource {
    QUERY("leave it out of the predictions-query"),
    TABLE("leave it out of the predictions-table"),
    BUILT_IN_TABLE("delete its rows from crowdlab.prediction"),
    LABEL_STUDIO("list only the other versions in model-versions");

    private final String leaveOut;

    ModelSource(String leaveOut) {
        this.leaveOut = leaveOut;
    }

    static ModelSource of(DatasetSettings dataset) {
        LabelStudioProject project = dataset.labelStudio();
        if (project != null && project.readsPredictions()) {
            return LABEL_STUDIO;
        }
        if (dataset.tables() != null) {
            return TABLE;
        }
        return dataset.isBuiltIn() && dataset.predictionsQuery() == null ? BUILT_IN_TABLE : QUERY;
    }

    /** How to leave a model out, as a clause. */
    String leaveOut() {
        return leaveOut;
    }
}
