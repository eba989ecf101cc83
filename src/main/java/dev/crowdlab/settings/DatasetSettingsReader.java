package dev.crowdlab.settings;

import static dev.crowdlab.settings.DatasetSetting.ANNOTATIONS_QUERY;
import static dev.crowdlab.settings.DatasetSetting.ANNOTATIONS_TABLE;
import static dev.crowdlab.settings.DatasetSetting.CLASSES;
import static dev.crowdlab.settings.DatasetSetting.GOLD_QUERY;
import static dev.crowdlab.settings.DatasetSetting.GOLD_TABLE;
import static dev.crowdlab.settings.DatasetSetting.PREDICTIONS_QUERY;
import static dev.crowdlab.settings.DatasetSetting.PREDICTIONS_TABLE;
import static dev.crowdlab.settings.DatasetSetting.STOP_TARGET_ACCURACY;
import static dev.crowdlab.settings.DatasetSetting.USE_GOLD;

import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.settings.labelstudio.LabelStudioProject;
import dev.crowdlab.settings.labelstudio.LabelStudioQueries.UnscoredPredictions;
import dev.crowdlab.settings.section.Section;
import dev.crowdlab.settings.section.Setting;
import dev.crowdlab.settings.section.SettingParser;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the settings of one dataset. */
final class DatasetSettingsReader {

    private final String name;
    private final Section dataset;
    private final boolean isGoldExpected;
    private final @Nullable LabelStudioProject labelStudio;

    DatasetSettingsReader(String name, Section written) {
        this.name = name;
        SourceReader source = new SourceReader(written);
        this.dataset = source.expanded();
        this.labelStudio = source.project();
        this.isGoldExpected = !written.has(DatasetSetting.SOURCE) || written.has(GOLD_QUERY);
    }

    DatasetSettings read() {
        if (dataset.has(PREDICTIONS_QUERY) && !dataset.has(ANNOTATIONS_QUERY)) {
            dataset.problem(ANNOTATIONS_QUERY, "is missing, though predictions-query is there; give both or none");
        }
        AnswerReader answers = new AnswerReader(dataset);
        InputRules rules = new InputRules(
                answers.classes(),
                dataset.get(DatasetSetting.ON_MISSING_PREDICTION),
                dataset.get(DatasetSetting.ON_DUPLICATE_ANNOTATION),
                dataset.get(DatasetSetting.ON_INCOMPLETE_PREDICTION),
                new TimeZoneReader(dataset).read(),
                answers.rules());
        SourceTables tables = tables();
        CheckSettings checks = checks();
        GoldSettings gold =
                gold(tables, !checks.of(CheckedMetric.MIN_GOLD_ACCURACY).isNone());
        if (!checks.of(CheckedMetric.MIN_GOLD_ACCURACY).isNone()) {
            checkMinimum(gold);
        }
        if (dataset.has(STOP_TARGET_ACCURACY)) {
            checkTarget(gold, tables == null && !dataset.has(ANNOTATIONS_QUERY));
        }
        MethodSettings methods = MethodSettings.read(dataset);
        checkMachines(methods);
        return new DatasetSettings(
                name,
                query(ANNOTATIONS_QUERY),
                query(PREDICTIONS_QUERY),
                gold,
                rules,
                methods,
                checks,
                dataset.get(DatasetSetting.TIMEOUT),
                Period.WEEK,
                tables,
                labelStudio,
                ExampleSettings.read(dataset, query(DatasetSetting.EXAMPLE_TEXT_QUERY)));
    }

    private void checkMachines(MethodSettings methods) {
        boolean areOfSource = dataset.get(DatasetSetting.UNSCORED_PREDICTIONS) == UnscoredPredictions.MACHINES;
        if ((methods.machines().areDeclared() || areOfSource)
                && methods.asking().stop().isPresent()) {
            dataset.problem(
                    areOfSource ? DatasetSetting.UNSCORED_PREDICTIONS : DatasetSetting.MACHINES,
                    "cannot be combined with the settings of stop, which count labels of people; leave one of them out");
        }
    }

    private @Nullable GoldSettings gold(@Nullable SourceTables tables, boolean isChecked) {
        String text = query(GOLD_QUERY);
        GoldSettings gold = new GoldSettings(
                text, dataset.get(USE_GOLD), dataset.get(DatasetSetting.GOLD_MINIMUM), text == null || isGoldExpected);
        checkCorrection(gold);
        if (tables != null && text != null) {
            dataset.problem(
                    GOLD_QUERY,
                    "cannot be combined with an annotations-table, since a dataset has one source; give a gold-table");
            return null;
        }
        if (tables != null && tables.gold() != null) {
            return gold;
        }
        boolean isBuiltIn = tables == null && !dataset.has(ANNOTATIONS_QUERY);
        boolean isWanted = gold.use() != GoldSettings.Use.FALSE;
        if (text == null && isBuiltIn && (isWanted || isChecked)) {
            return gold.ofBuiltIn();
        }
        if (text == null && isWanted) {
            dataset.problem(
                    USE_GOLD,
                    "is " + SettingParser.name(gold.use()) + ", but there is no " + goldKey()
                            + "; give one, or leave use-gold out");
        }
        if (text != null && !dataset.has(ANNOTATIONS_QUERY)) {
            dataset.problem(
                    ANNOTATIONS_QUERY,
                    "is missing, though gold-query is there; give one, or leave gold-query out and load the gold"
                            + " into crowdlab.gold");
        }
        return text == null ? null : gold;
    }

    private void checkCorrection(GoldSettings gold) {
        if (!gold.isAnchor() && gold.minimum() != DatasetSetting.GOLD_MINIMUM.standardValue()) {
            dataset.problem(
                    DatasetSetting.GOLD_MINIMUM,
                    "is for use-gold: anchor alone; write that too, or leave gold-minimum out");
        }
        if (gold.isAnchor() && dataset.get(DatasetSetting.CONSENSUS_METHODS).get(0) != ConsensusMethod.COMMITTEE) {
            dataset.problem(
                    USE_GOLD,
                    "is anchor, which corrects the labels of committee only; name committee first among the"
                            + " consensus-methods");
        }
        int classCount = dataset.find(CLASSES).map(List::size).orElse(0);
        if (gold.isAnchor() && classCount > GoldCorrection.MAX_CLASSES) {
            dataset.problem(
                    USE_GOLD,
                    "is anchor, which corrects the labels of at most " + GoldCorrection.MAX_CLASSES
                            + " classes, but there are " + classCount + "; use true or false");
        }
    }

    /** What gives a dataset gold. */
    private String goldKey() {
        return (dataset.has(ANNOTATIONS_TABLE) ? GOLD_TABLE : GOLD_QUERY).name();
    }

    private void checkMinimum(@Nullable GoldSettings gold) {
        String key = CheckedMetric.MIN_GOLD_ACCURACY.setting();
        if (gold == null) {
            dataset.values()
                    .problem(
                            key,
                            "needs a " + goldKey() + " to measure the accuracy by; give one, or leave the check out");
        } else if (gold.isUsed() && dataset.has(DatasetSetting.MACHINES)) {
            dataset.values()
                    .problem(
                            key,
                            "cannot be combined with use-gold: true beside machines, since gold then decides before machines are"
                                    + " judged; leave one of them out");
        }
    }

    private void checkTarget(@Nullable GoldSettings gold, boolean isBuiltIn) {
        if (gold == null && !isBuiltIn) {
            dataset.problem(
                    STOP_TARGET_ACCURACY,
                    "needs a " + goldKey() + " with 50 labels of examples drawn at random; give one, or give stop.at");
        }
    }

    private CheckSettings checks() {
        CheckSettings checks = new CheckSettingsReader(dataset.values()).read(dataset.map(DatasetSetting.CHECKS));
        return checks.withAcknowledged(
                new AcknowledgementReader(dataset.values()).read(dataset.map(DatasetSetting.ACKNOWLEDGED)));
    }

    private @Nullable SourceTables tables() {
        String annotations = table(ANNOTATIONS_TABLE);
        String predictions = table(PREDICTIONS_TABLE);
        String gold = table(GOLD_TABLE);
        if (annotations == null) {
            Stream.of(PREDICTIONS_TABLE, GOLD_TABLE)
                    .filter(dataset::has)
                    .forEach(setting -> dataset.problem(
                            ANNOTATIONS_TABLE,
                            "is missing, though " + setting.name() + " is there; give both or none"));
            return null;
        }
        if (dataset.has(ANNOTATIONS_QUERY) || dataset.has(PREDICTIONS_QUERY)) {
            dataset.problem(
                    ANNOTATIONS_TABLE,
                    "'" + annotations
                            + "' cannot be combined with a query, since a dataset has one source; remove the tables or the"
                            + " queries");
        }
        return new SourceTables(annotations, predictions, gold);
    }

    private @Nullable String table(Setting<?> setting) {
        String text = dataset.text(setting);
        if (text != null && text.isBlank()) {
            dataset.problem(setting, "is empty; give a table that Spark can read or leave the setting out");
        }
        return text == null ? null : text.strip();
    }

    private @Nullable String query(Setting<?> setting) {
        String text = dataset.text(setting);
        if (text != null && text.isBlank()) {
            dataset.problem(setting, "is empty; give a query or leave the setting out");
        }
        if (text != null && text.strip().startsWith("file:")) {
            dataset.problem(setting, "names a file, which is not read here; write the query itself");
        }
        return text;
    }
}
