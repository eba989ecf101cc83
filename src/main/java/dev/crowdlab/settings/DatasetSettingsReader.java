package dev.crowdlab.settings;

import dev.crowdlab.dataset.DuplicateAnnotation;
import dev.crowdlab.dataset.IncompletePrediction;
import dev.crowdlab.dataset.InputRules;
import dev.crowdlab.dataset.MissingPrediction;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.settings.RawSettings.RawDataset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one dataset. */
final class DatasetSettingsReader {

    private final String name;
    private final RawDataset raw;
    private final SettingParser values;

    DatasetSettingsReader(String name, RawDataset raw, List<String> problems) {
        this.name = name;
        this.raw = raw;
        this.values = new SettingParser("crowdlab.datasets." + name, problems);
    }

    DatasetSettings read() {
        if (raw.predictionsQuery() != null && raw.annotationsQuery() == null) {
            values.problem("annotations-query", "is missing, though predictions-query is there; give both or none");
        }
        InputRules rules = new InputRules(
                classes(raw.classes()),
                values.choice("on-missing-prediction", raw.onMissingPrediction(), MissingPrediction.REJECT),
                values.choice("on-duplicate-annotation", raw.onDuplicateAnnotation(), DuplicateAnnotation.LATEST),
                values.choice("on-incomplete-prediction", raw.onIncompletePrediction(), IncompletePrediction.REJECT));
        return new DatasetSettings(
                        name,
                        query("annotations-query", raw.annotationsQuery()),
                        query("predictions-query", raw.predictionsQuery()),
                        rules,
                        MethodSettings.read(raw, values),
                        raw.checks() == null
                                ? CheckSettings.DEFAULT
                                : new CheckSettingsReader(values).read(raw.checks()),
                        values.duration("timeout", raw.timeout(), DatasetSettings.DEFAULT_TIMEOUT))
                .withTables(tables());
    }

    private @Nullable SourceTables tables() {
        String annotations = table("annotations-table", raw.annotationsTable());
        String predictions = table("predictions-table", raw.predictionsTable());
        if (annotations == null && predictions == null) {
            return null;
        }
        if (annotations == null) {
            values.problem("annotations-table", "is missing, though predictions-table is there; give both or none");
            return null;
        }
        if (raw.annotationsQuery() != null || raw.predictionsQuery() != null) {
            values.problem(
                    "annotations-table",
                    "'" + annotations
                            + "' stands beside a query, and a dataset has one source; remove the tables or the"
                            + " queries");
        }
        return new SourceTables(annotations, predictions);
    }

    private @Nullable String table(String key, @Nullable String text) {
        if (text != null && text.isBlank()) {
            values.problem(key, "is empty; give a table that Spark can read or leave the setting out");
        }
        return text == null ? null : text.strip();
    }

    private @Nullable String query(String key, @Nullable String text) {
        if (text != null && text.isBlank()) {
            values.problem(key, "is empty; give a query or leave the setting out");
        }
        return text;
    }

    private List<String> classes(@Nullable List<String> classes) {
        if (classes == null) {
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < classes.size(); index++) {
            String label = classes.get(index);
            String key = "classes[" + index + "]";
            if (label.isEmpty()) {
                values.problem(key, "is empty; every class needs a name");
            } else if (label.getBytes(StandardCharsets.UTF_8).length > InputRules.MAX_LABEL_BYTES) {
                values.problem(key, "is longer than " + InputRules.MAX_LABEL_BYTES + " bytes; shorten it");
            } else if (!seen.add(label)) {
                values.problem(key, "'" + label + "' is listed twice; remove one of them");
            }
        }
        if (classes.size() > Crowdlab.MAX_CLASSES) {
            values.problem(
                    "classes",
                    "names " + classes.size() + " classes, at most " + Crowdlab.MAX_CLASSES + " are taken; name fewer");
        }
        if (classes.size() < 2) {
            values.problem("classes", "there is nothing to decide between fewer than two classes; name at least two");
        }
        return classes;
    }
}
