package dev.crowdlab.checks;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.labelstudio.LabelStudioProject;

/** Where the predictions of a dataset's models come from, which decides where to look for one and how to leave it out. */
enum ModelSource {
    QUERY(
            "check whether every model has run, and whether the predictions-query still returns all predictions",
            "leave it out of the predictions-query"),
    NO_QUERY("the dataset has no predictions-query any more", "leave it out of the predictions-query"),
    TABLE(
            "check whether every model has run, and whether the predictions-table still has all predictions",
            "leave it out of the predictions-table"),
    BUILT_IN_TABLE(
            "check whether every model has run, and whether crowdlab.prediction still has all rows",
            "delete its rows from crowdlab.prediction"),
    LABEL_STUDIO(
            "check whether every model has run, and whether model-versions still lists it",
            "list only the other versions in model-versions");

    private final String ifMissing;
    private final String leaveOut;

    ModelSource(String ifMissing, String leaveOut) {
        this.ifMissing = ifMissing;
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
        if (dataset.predictionsQuery() != null) {
            return QUERY;
        }
        return dataset.isBuiltIn() ? BUILT_IN_TABLE : NO_QUERY;
    }

    /** What to do if predictions of a model are missing, as a clause. */
    String ifMissing() {
        return ifMissing;
    }

    /** How to leave a model out, as a clause. */
    String leaveOut() {
        return leaveOut;
    }
}
