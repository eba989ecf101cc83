package dev.crowdlab.settings;

import static dev.crowdlab.settings.DatasetSetting.ANNOTATIONS_QUERY;
import static dev.crowdlab.settings.DatasetSetting.ANNOTATIONS_TABLE;
import static dev.crowdlab.settings.DatasetSetting.ANNOTATOR;
import static dev.crowdlab.settings.DatasetSetting.CLASSES;
import static dev.crowdlab.settings.DatasetSetting.FROM_NAME;
import static dev.crowdlab.settings.DatasetSetting.GOLD_QUERY;
import static dev.crowdlab.settings.DatasetSetting.GOLD_TABLE;
import static dev.crowdlab.settings.DatasetSetting.MODEL_VERSIONS;
import static dev.crowdlab.settings.DatasetSetting.ON_INCOMPLETE_PREDICTION;
import static dev.crowdlab.settings.DatasetSetting.PREDICTIONS_QUERY;
import static dev.crowdlab.settings.DatasetSetting.PREDICTIONS_TABLE;
import static dev.crowdlab.settings.DatasetSetting.PROJECT;
import static dev.crowdlab.settings.DatasetSetting.SCHEMA;
import static dev.crowdlab.settings.DatasetSetting.SOURCE;

import dev.crowdlab.dataset.rejection.IncompletePrediction;
import dev.crowdlab.settings.labelstudio.LabelStudioProject;
import dev.crowdlab.settings.labelstudio.LabelStudioQueries;
import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.Setting;
import dev.crowdlab.settings.section.SettingParser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the queries of a dataset that names a labeling tool as its source, so that what comes after sees a dataset like
 * any other.
 */
final class SourceReader {

    private static final String LABEL_STUDIO = "label-studio";

    private static final String NUL = "\0";

    private final Section dataset;

    SourceReader(Section dataset) {
        this.dataset = dataset;
    }

    /** The dataset with the queries of its source; unchanged if it has none. */
    Section expanded() {
        String source = dataset.text(SOURCE);
        if (source == null) {
            refuseWithoutSource();
            return dataset;
        }
        if (!source.strip().equals(LABEL_STUDIO)) {
            dataset.problem(
                    SOURCE,
                    "'" + source + "' is not known; write " + LABEL_STUDIO
                            + ", or leave it out and give an annotations-query");
        }
        if (Stream.of(ANNOTATIONS_TABLE, PREDICTIONS_TABLE, GOLD_TABLE).anyMatch(dataset::has)) {
            dataset.problem(
                    SOURCE, "cannot be combined with a table, since a dataset has one source; remove one of them");
            return dataset;
        }
        if (dataset.has(ANNOTATIONS_QUERY)) {
            dataset.problem(
                    ANNOTATIONS_QUERY,
                    "cannot be combined with source, which reads the annotations itself; remove one of them");
        }
        if (!dataset.has(CLASSES)) {
            dataset.problem(
                    CLASSES,
                    "is missing, which source needs, since an annotation with several choices would become a class of its"
                            + " own; list the choices");
        }
        LabelStudioQueries queries = queries();
        return dataset.with(ANNOTATIONS_QUERY, queries.annotations())
                .withUnlessWritten(PREDICTIONS_QUERY, queries.predictions())
                .withUnlessWritten(GOLD_QUERY, queries.gold())
                .withUnlessWritten(ON_INCOMPLETE_PREDICTION, SettingParser.name(IncompletePrediction.SPREAD));
    }

    /** What it reads; null if the dataset has another source, or settings that cannot be used. */
    @Nullable
    LabelStudioProject project() {
        String project = dataset.text(PROJECT);
        String fromName = dataset.text(FROM_NAME);
        if (!dataset.has(SOURCE) || project == null || fromName == null) {
            return null;
        }
        try {
            return new LabelStudioProject(
                    dataset.get(SCHEMA), Long.parseLong(project.strip()), fromName, !dataset.has(PREDICTIONS_QUERY));
        } catch (NumberFormatException isReported) {
            return null;
        }
    }

    private LabelStudioQueries queries() {
        String project = dataset.text(PROJECT);
        if (project == null) {
            dataset.problem(PROJECT, "is missing; give the number of the project, as in the address of its page");
        }
        List<String> versions = dataset.find(MODEL_VERSIONS).orElse(List.of());
        versions.forEach(version -> text(MODEL_VERSIONS, version));
        return new LabelStudioQueries(
                dataset.has(SCHEMA) ? text(SCHEMA, dataset.text(SCHEMA)).orElse(SCHEMA.standard()) : SCHEMA.standard(),
                Optional.ofNullable(project)
                        .flatMap(number -> dataset.values().integer(PROJECT.name(), number, 1, Long.MAX_VALUE))
                        .orElse(1L),
                text(FROM_NAME, dataset.text(FROM_NAME)).orElse(""),
                dataset.get(ANNOTATOR),
                versions,
                dataset.get(DatasetSetting.UNSCORED_PREDICTIONS));
    }

    /** Empty if it was reported. */
    private Optional<String> text(Setting<?> setting, @Nullable String text) {
        if (text == null || text.isBlank()) {
            dataset.problem(
                    setting,
                    setting.equals(FROM_NAME)
                            ? "is missing; give the name of the question in the project's labeling configuration"
                            : "is empty; give a name or leave the setting out");
            return Optional.empty();
        }
        if (text.contains(NUL)) {
            dataset.problem(setting, "contains the character U+0000, which PostgreSQL does not take; remove it");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private void refuseWithoutSource() {
        DatasetSetting.all().stream()
                .filter(setting -> setting.is(Setting.Trait.OF_SOURCE) && dataset.has(setting))
                .forEach(setting -> dataset.problem(
                        setting,
                        "belongs to a source, and there is none; add source: " + LABEL_STUDIO + ", or remove "
                                + setting.name()));
    }
}
