package dev.crowdlab.settings;

import dev.crowdlab.settings.LabelStudioQueries.AnnotatorColumn;
import dev.crowdlab.settings.RawSettings.RawDataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the queries of a dataset that names a labeling tool as its source, so that what comes after sees a dataset like
 * any other.
 */
final class SourceReader {

    private static final String LABEL_STUDIO = "label-studio";

    static final String DEFAULT_SCHEMA = "public";

    private static final String NUL = "\0";

    private final SettingParser values;

    SourceReader(SettingParser values) {
        this.values = values;
    }

    /** The dataset with the queries of its source; unchanged if it has none. */
    RawDataset expanded(RawDataset raw) {
        if (raw.source() == null) {
            refuseWithoutSource(raw);
            return raw;
        }
        if (!raw.source().strip().equals(LABEL_STUDIO)) {
            values.problem(
                    "source",
                    "'" + raw.source() + "' is not known; write " + LABEL_STUDIO
                            + ", or leave it out and give an annotations-query");
        }
        if (raw.annotationsTable() != null || raw.predictionsTable() != null || raw.goldTable() != null) {
            values.problem(
                    "source", "cannot be combined with a table, since a dataset has one source; remove one of them");
            return raw;
        }
        if (raw.annotationsQuery() != null) {
            values.problem(
                    "annotations-query",
                    "cannot be combined with source, which reads the annotations itself; remove one of them");
        }
        if (raw.classes() == null) {
            values.problem(
                    "classes",
                    "is missing, which source needs, since an annotation with several choices would become a class of its"
                            + " own; list the choices");
        }
        LabelStudioQueries queries = queries(raw);
        return raw.withQueries(
                        queries.annotations(),
                        raw.predictionsQuery() == null ? queries.predictions() : raw.predictionsQuery(),
                        raw.goldQuery() == null ? queries.gold() : raw.goldQuery())
                .withOnIncompletePrediction(
                        raw.onIncompletePrediction() == null ? "spread" : raw.onIncompletePrediction());
    }

    private LabelStudioQueries queries(RawDataset raw) {
        if (raw.project() == null) {
            values.problem("project", "is missing; give the number of the project, as in the address of its page");
        }
        if (raw.modelVersions() != null) {
            raw.modelVersions().forEach(version -> text("model-versions", version, ""));
        }
        return new LabelStudioQueries(
                raw.schema() == null ? DEFAULT_SCHEMA : text("schema", raw.schema(), DEFAULT_SCHEMA),
                values.integer("project", raw.project(), 1, 1, Long.MAX_VALUE),
                text("from-name", raw.fromName(), ""),
                values.choice("annotator", raw.annotator(), AnnotatorColumn.EMAIL),
                raw.modelVersions() == null ? List.of() : raw.modelVersions());
    }

    private String text(String key, @Nullable String text, String standard) {
        if (text == null || text.isBlank()) {
            values.problem(
                    key,
                    key.equals("from-name")
                            ? "is missing; give the name of the question in the project's labeling configuration"
                            : "is empty; give a name or leave the setting out");
            return standard;
        }
        if (text.contains(NUL)) {
            values.problem(key, "contains the character U+0000, which PostgreSQL does not take; remove it");
            return standard;
        }
        return text;
    }

    private void refuseWithoutSource(RawDataset raw) {
        Map<String, @Nullable Object> settings = new LinkedHashMap<>();
        settings.put("project", raw.project());
        settings.put("from-name", raw.fromName());
        settings.put("annotator", raw.annotator());
        settings.put("schema", raw.schema());
        settings.put("model-versions", raw.modelVersions());
        settings.forEach((key, value) -> {
            if (value != null) {
                values.problem(
                        key,
                        "belongs to a source, and there is none; add source: " + LABEL_STUDIO + ", or remove " + key);
            }
        });
    }
}
