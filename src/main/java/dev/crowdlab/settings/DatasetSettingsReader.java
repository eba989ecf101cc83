package dev.crowdlab.settings;

import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.IncompletePrediction;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.engine.Crowdlab;
import dev.crowdlab.settings.RawSettings.RawDataset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one dataset. */
final class DatasetSettingsReader {

    private final String name;
    private final RawDataset raw;
    private final boolean isGoldExpected;
    private final @Nullable LabelStudioProject labelStudio;
    private final SettingParser values;

    DatasetSettingsReader(String name, RawDataset raw, List<String> problems) {
        this(name, "crowdlab.datasets." + name, raw, problems);
    }

    /**
     * The same where the settings are made elsewhere.
     *
     * @param prefix under which they are
     */
    DatasetSettingsReader(String name, String prefix, RawDataset raw, List<String> problems) {
        this.name = name;
        this.values = new SettingParser(prefix, problems);
        this.raw = new SourceReader(values).expanded(raw);
        this.labelStudio = LabelStudioProject.of(raw);
        this.isGoldExpected = raw.source() == null || raw.goldQuery() != null;
    }

    DatasetSettings read() {
        if (raw.predictionsQuery() != null && raw.annotationsQuery() == null) {
            values.problem("annotations-query", "is missing, though predictions-query is there; give both or none");
        }
        InputRules rules = new InputRules(
                classes(raw.classes()),
                values.choice("on-missing-prediction", raw.onMissingPrediction(), MissingPrediction.REJECT),
                values.choice("on-duplicate-annotation", raw.onDuplicateAnnotation(), DuplicateAnnotation.LATEST),
                values.choice("on-incomplete-prediction", raw.onIncompletePrediction(), IncompletePrediction.REJECT),
                new TimeZoneReader(values).read(raw));
        SourceTables tables = tables();
        CheckSettings checks = checks();
        GoldSettings gold =
                gold(tables, !checks.of(CheckedMetric.MIN_GOLD_ACCURACY).isNone());
        if (!checks.of(CheckedMetric.MIN_GOLD_ACCURACY).isNone()) {
            checkMinimum(gold);
        }
        return new DatasetSettings(
                name,
                query("annotations-query", raw.annotationsQuery()),
                query("predictions-query", raw.predictionsQuery()),
                gold,
                rules,
                MethodSettings.read(raw, values),
                checks,
                values.duration("timeout", raw.timeout(), DatasetSettings.DEFAULT_TIMEOUT),
                Period.WEEK,
                tables,
                labelStudio,
                ExampleSettings.read(raw.exampleUrl(), query("example-text-query", raw.exampleTextQuery()), values));
    }

    private @Nullable GoldSettings gold(@Nullable SourceTables tables, boolean isChecked) {
        String text = query("gold-query", raw.goldQuery());
        boolean isUsed = values.flag("use-gold", raw.useGold(), false);
        if (tables != null && text != null) {
            values.problem(
                    "gold-query",
                    "cannot be combined with an annotations-table, since a dataset has one source; give a gold-table");
            return null;
        }
        if (tables != null && tables.gold() != null) {
            return new GoldSettings(null, isUsed);
        }
        boolean isBuiltIn = tables == null && raw.annotationsQuery() == null;
        if (text == null && isBuiltIn && (isUsed || isChecked)) {
            return GoldSettings.builtIn(isUsed);
        }
        if (text == null && isUsed) {
            values.problem("use-gold", "is true, but there is no " + goldKey() + "; give one, or leave use-gold out");
        }
        if (text != null && raw.annotationsQuery() == null) {
            values.problem(
                    "annotations-query",
                    "is missing, though gold-query is there; give one, or leave gold-query out and load the gold"
                            + " into crowdlab.gold");
        }
        return text == null ? null : new GoldSettings(text, isUsed, isGoldExpected);
    }

    /** What gives a dataset gold. */
    private String goldKey() {
        return raw.annotationsTable() == null ? "gold-query" : "gold-table";
    }

    private void checkMinimum(@Nullable GoldSettings gold) {
        String key = "checks." + CheckedMetric.MIN_GOLD_ACCURACY.key();
        if (gold == null) {
            values.problem(
                    key, "needs a " + goldKey() + " to measure the accuracy by; give one, or leave the check out");
        } else if (gold.isUsed()) {
            values.problem(
                    key,
                    "cannot be combined with use-gold: true, since the consensus of the gold examples is then their gold"
                            + " label; leave one of them out");
        }
    }

    private CheckSettings checks() {
        CheckSettings checks =
                raw.checks() == null ? CheckSettings.DEFAULT : new CheckSettingsReader(values).read(raw.checks());
        return raw.acknowledged() == null
                ? checks
                : checks.withAcknowledged(new AcknowledgementReader(values).read(raw.acknowledged()));
    }

    private @Nullable SourceTables tables() {
        String annotations = table("annotations-table", raw.annotationsTable());
        String predictions = table("predictions-table", raw.predictionsTable());
        String gold = table("gold-table", raw.goldTable());
        if (annotations == null) {
            Stream.of("predictions-table", "gold-table")
                    .filter(key -> (key.startsWith("gold") ? gold : predictions) != null)
                    .forEach(key -> values.problem(
                            "annotations-table", "is missing, though " + key + " is there; give both or none"));
            return null;
        }
        if (raw.annotationsQuery() != null || raw.predictionsQuery() != null) {
            values.problem(
                    "annotations-table",
                    "'" + annotations
                            + "' cannot be combined with a query, since a dataset has one source; remove the tables or the"
                            + " queries");
        }
        return new SourceTables(annotations, predictions, gold);
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
        if (text != null && text.strip().startsWith("file:")) {
            values.problem(key, "names a file, which is not read here; write the query itself");
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
