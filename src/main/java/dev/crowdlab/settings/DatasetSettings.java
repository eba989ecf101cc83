package dev.crowdlab.settings;

import dev.crowdlab.dataset.EngineInput;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.rejection.AnswerScale;
import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.engine.Options;
import dev.crowdlab.engine.Supplements;
import dev.crowdlab.engine.agreement.ClassScale;
import dev.crowdlab.settings.labelstudio.LabelStudioProject;
import dev.crowdlab.settings.section.SettingParser;
import dev.crowdlab.settings.section.SettingType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one dataset is read and analyzed.
 *
 * @param name letters, digits, _ and -, at most 100
 * @param annotationsQuery the query for annotations; null: the built-in table {@code crowdlab.annotation}
 * @param predictionsQuery the query for predictions; null with a query for annotations: there are no predictions; null
 *     without one: the built-in table {@code crowdlab.prediction}
 * @param gold where the labels come from that are known to be right; null: there are none
 * @param inputRules how raw rows become a dataset
 * @param methods how the dataset is analyzed
 * @param checks when the result is published
 * @param timeout how long a run of the dataset may take before it is canceled; zero: without limit
 * @param periods how long the periods are by which annotators are looked at, the same for all datasets
 * @param tables the tables that take the place of queries and built-in tables; null: there are none
 * @param labelStudio what the queries read, if they were made for Label Studio; null: they were not
 * @param examples how a report shows its examples
 */
// more components: one for each group of settings of a dataset
public record DatasetSettings(
        String name,
        @Nullable String annotationsQuery,
        @Nullable String predictionsQuery,
        @Nullable GoldSettings gold,
        InputRules inputRules,
        MethodSettings methods,
        CheckSettings checks,
        Duration timeout,
        Period periods,
        @Nullable SourceTables tables,
        @Nullable LabelStudioProject labelStudio,
        ExampleSettings examples) {

    /** Longer than a night. */
    public static final Duration DEFAULT_TIMEOUT = DatasetSetting.TIMEOUT.standardValue();

    /** Without gold, with periods of a week, and without tables outside PostgreSQL. */
    public DatasetSettings(
            String name,
            @Nullable String annotationsQuery,
            @Nullable String predictionsQuery,
            InputRules inputRules,
            MethodSettings methods,
            CheckSettings checks,
            Duration timeout) {
        this(
                name,
                annotationsQuery,
                predictionsQuery,
                null,
                inputRules,
                methods,
                checks,
                timeout,
                Period.WEEK,
                null,
                null,
                ExampleSettings.NONE);
    }

    /** The same with other periods. */
    public DatasetSettings withPeriods(Period other) {
        return new DatasetSettings(
                name,
                annotationsQuery,
                predictionsQuery,
                gold,
                inputRules,
                methods,
                checks,
                timeout,
                other,
                tables,
                labelStudio,
                examples);
    }

    /** The same for a dataset whose labels are found in the built-in table of gold. */
    public DatasetSettings withBuiltInGold() {
        return gold != null
                ? this
                : new DatasetSettings(
                        name,
                        annotationsQuery,
                        predictionsQuery,
                        GoldSettings.builtIn(),
                        inputRules,
                        methods,
                        checks,
                        timeout,
                        periods,
                        tables,
                        labelStudio,
                        examples);
    }

    /** The same for an input that says of annotators what they are. */
    public DatasetSettings withStatedMachines() {
        return new DatasetSettings(
                name,
                annotationsQuery,
                predictionsQuery,
                gold,
                inputRules,
                methods.withStatedMachines(),
                checks,
                timeout,
                periods,
                tables,
                labelStudio,
                examples);
    }

    /** The same, read from tables outside PostgreSQL; null: not. */
    DatasetSettings withTables(@Nullable SourceTables other) {
        return new DatasetSettings(
                name,
                annotationsQuery,
                predictionsQuery,
                gold,
                inputRules,
                methods,
                checks,
                timeout,
                periods,
                other,
                labelStudio,
                examples);
    }

    /** Whether a gold label is published where there is one. */
    public boolean publishesGold() {
        return gold != null && gold.isPublished();
    }

    /** Returns what the engine is told of each example. */
    public EngineInput engineInput() {
        return new EngineInput(
                methods.needsExampleKeys(),
                methods.asking().sampleSeed(),
                inputRules.answers().mayAbstain() && methods.learnsFromAbstentions(),
                gold != null && gold.isAnchor());
    }

    /** The settings of a dataset in the built-in input tables that is not configured. */
    public static DatasetSettings builtIn(String name) {
        return new DatasetSettings(
                name,
                null,
                null,
                new InputRules(List.of(), MissingPrediction.REJECT, DuplicateAnnotation.LATEST),
                MethodSettings.DEFAULT,
                CheckSettings.DEFAULT,
                DEFAULT_TIMEOUT);
    }

    /**
     * The settings that a run records, by name: texts, lists of texts, booleans, or null. A run repeats another only if
     * all of them are equal, so the checks, the timeout
     * and how examples are shown are not included.
     */
    public Map<String, @Nullable Object> recorded() {
        Map<String, @Nullable Object> recorded = new LinkedHashMap<>();
        recorded.put(DatasetSetting.ANNOTATIONS_QUERY.recorded(), annotationsQuery);
        recorded.put(DatasetSetting.PREDICTIONS_QUERY.recorded(), predictionsQuery);
        if (tables != null) {
            recorded.put(DatasetSetting.ANNOTATIONS_TABLE.recorded(), tables.annotations());
            recorded.put(DatasetSetting.PREDICTIONS_TABLE.recorded(), tables.predictions());
        }
        if (tables != null && tables.gold() != null) {
            recorded.put(DatasetSetting.GOLD_TABLE.recorded(), tables.gold());
        } else if (gold != null) {
            recorded.put(DatasetSetting.GOLD_QUERY.recorded(), gold.query());
        }
        if (gold != null) {
            gold.record(recorded);
        }
        recorded.put(DatasetSetting.CLASSES.recorded(), inputRules.classes());
        if (inputRules.scale() != AnswerScale.NOMINAL) { // so that datasets without it are not run again
            recorded.put(DatasetSetting.SCALE.recorded(), SettingParser.name(inputRules.scale()));
        }
        if (inputRules.answers().mayAbstain()) {
            recorded.put(DatasetSetting.ABSTAIN.recorded(), inputRules.answers().abstain());
        }
        if (inputRules.answers().areRepeatsCounted()) {
            recorded.put(DatasetSetting.SELF_AGREEMENT.recorded(), true);
        }
        recorded.putAll(methods.recorded());
        recorded.put(
                DatasetSetting.ON_MISSING_PREDICTION.recorded(), SettingParser.name(inputRules.missingPrediction()));
        recorded.put(
                DatasetSetting.ON_DUPLICATE_ANNOTATION.recorded(),
                SettingParser.name(inputRules.duplicateAnnotation()));
        recorded.put(
                DatasetSetting.ON_INCOMPLETE_PREDICTION.recorded(),
                SettingParser.name(inputRules.incompletePrediction()));
        if (inputRules.timeZone() != null) { // so that datasets without it are not run again
            recorded.put(DatasetSetting.TIME_ZONE.recorded(), inputRules.timeZone());
        }
        recorded.put(ProgramSetting.PERIODS.recorded(), SettingParser.name(periods));
        return recorded;
    }

    /** By the names that a run records, what settings are unless somebody sets them, in the order of the page. */
    public static Map<String, String> defaults() {
        Map<String, String> defaults = new LinkedHashMap<>();
        Stream.concat(DatasetSetting.all().stream(), Stream.of(ProgramSetting.PERIODS))
                .filter(setting ->
                        !setting.standard().isEmpty() || setting.type().shape() == SettingType.Shape.LIST)
                .forEach(setting -> defaults.put(setting.recorded(), setting.standard()));
        return defaults;
    }

    /** The query for gold; null if there is none. */
    public @Nullable String goldQuery() {
        return gold == null ? null : gold.query();
    }

    /**
     * The options of the engine.
     *
     * @param threads number of threads, at least 1
     * @param sharePeriods for how many periods the shares of classes are wanted, if there is gold
     */
    public Options options(int threads, int sharePeriods) {
        Options options =
                methods.options(threads).withPosterior(keepsPosterior()).withSupplements(supplements(sharePeriods));
        return gold == null ? options : gold.on(options);
    }

    /** Whether the posterior is read when tables are written: as such, or for its median. */
    public boolean keepsPosterior() {
        return methods.storesPosterior() || inputRules.scale() != AnswerScale.NOMINAL;
    }

    private Supplements supplements(int sharePeriods) {
        Supplements soft = methods.storesSoftLabels() ? Supplements.NONE.withSoftLabels() : Supplements.NONE;
        Supplements stopped = methods.asking().stop().map(soft::withStop).orElse(soft);
        Supplements wanted = scale().map(stopped::withScale).orElse(stopped);
        return gold == null
                ? wanted
                : wanted.withShares(sharePeriods)
                        .withGoldSampled(methods.asking().sampleSeed() != null);
    }

    private Optional<ClassScale> scale() {
        return inputRules.scale().of(inputRules.classes());
    }

    /** Whether a predictions-query without rows is a mistake; not where a labeling tool may have predictions or not. */
    public boolean isPredictionExpected() {
        return predictionsQuery != null && (labelStudio == null || !labelStudio.readsPredictions());
    }

    /** Whether the rows come from the built-in input tables. */
    public boolean isBuiltIn() {
        return annotationsQuery == null && tables == null;
    }
}
