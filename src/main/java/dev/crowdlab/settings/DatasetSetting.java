package dev.crowdlab.settings;

import static dev.crowdlab.settings.section.Setting.Trait.OF_SOURCE;
import static dev.crowdlab.settings.section.Setting.Trait.SPELLED;
import static dev.crowdlab.settings.section.Setting.choice;
import static dev.crowdlab.settings.section.Setting.choices;
import static dev.crowdlab.settings.section.Setting.duration;
import static dev.crowdlab.settings.section.Setting.flag;
import static dev.crowdlab.settings.section.Setting.fraction;
import static dev.crowdlab.settings.section.Setting.integer;
import static dev.crowdlab.settings.section.Setting.map;
import static dev.crowdlab.settings.section.Setting.query;
import static dev.crowdlab.settings.section.Setting.text;
import static dev.crowdlab.settings.section.Setting.texts;

import dev.crowdlab.dataset.rejection.AnswerScale;
import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.IncompletePrediction;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.engine.correction.GoldCorrection;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.settings.labelstudio.LabelStudioQueries.AnnotatorColumn;
import dev.crowdlab.settings.labelstudio.LabelStudioQueries.UnscoredPredictions;
import dev.crowdlab.settings.section.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The settings of a dataset, each in one place, in the order of the page. */
public final class DatasetSetting {

    private static final List<Setting<?>> ALL = new ArrayList<>();

    public static final Setting<String> ANNOTATIONS_QUERY = add(query(
                    "annotations-query",
                    "returns example_id, annotator_id, label, and optionally annotated_at, annotator_kind and family; NAME: letters, digits, _ and -")
            .orElse("built-in table"));

    public static final Setting<String> PREDICTIONS_QUERY = add(query(
                    "predictions-query",
                    "returns example_id, optionally model, and label and probability, or probabilities")
            .orElse("built-in table, or none"));

    public static final Setting<String> ANNOTATIONS_TABLE = add(text(
            "annotations-table",
            "instead of queries, a table with the same columns that the program for [Spark](cluster.md#tables-in-a-lake)"
                    + " reads: a name such as `lake.annotations`, or the path of Parquet files; the local job refuses the"
                    + " dataset"));

    public static final Setting<String> PREDICTIONS_TABLE =
            add(text("predictions-table", "likewise, the table of predictions next to an `annotations-table`"));

    public static final Setting<String> GOLD_TABLE =
            add(text("gold-table", "likewise, the table of gold next to an `annotations-table`"));

    public static final Setting<String> GOLD_QUERY = add(query(
            "gold-query",
            "returns example_id and label: labels known to be right, against which the consensus and the annotators are"
                    + " [measured](algorithms.md#gold). Only with an `annotations-query`; a dataset of the built-in tables"
                    + " has the rows of `crowdlab.gold`, if it has any there, which `load --gold` fills"));

    public static final Setting<String> SOURCE = add(text(
            "source",
            "instead of queries, the labeling tool whose tables are read: `label-studio`, see"
                    + " [sources](sources.md#label-studio); needs `classes`. A `predictions-query` or `gold-query` next to"
                    + " it replaces the source's own"));

    public static final Setting<String> PROJECT = add(text("project", "with a source: the number of the project")
            .with(OF_SOURCE)
            .with(SPELLED));

    public static final Setting<String> FROM_NAME =
            add(text("from-name", "with a source: the name of the `Choices` to analyze")
                    .with(OF_SOURCE)
                    .with(SPELLED));

    static final Setting<AnnotatorColumn> ANNOTATOR = add(
            choice("annotator", AnnotatorColumn.EMAIL, "with a source: how annotators are identified, `email` or `id`")
                    .with(OF_SOURCE));

    public static final Setting<String> SCHEMA =
            add(text("schema", "with a source: the schema in which the tool has its tables")
                    .or("public")
                    .with(OF_SOURCE)
                    .with(SPELLED));

    static final Setting<List<String>> MODEL_VERSIONS = add(texts(
                    "model-versions",
                    "with a source: the versions of the model whose predictions count, each as a model of its own")
            .orElse("all of them")
            .with(OF_SOURCE)
            .with(SPELLED));

    static final Setting<UnscoredPredictions> UNSCORED_PREDICTIONS = add(choice(
                    "unscored-predictions",
                    UnscoredPredictions.REJECT,
                    "with a source: `machines` takes predictions without a score for labels by [machines](machines.md) that"
                            + " are called as their version; `reject` rejects them")
            .with(OF_SOURCE));

    static final Setting<String> EXAMPLE_URL = add(text(
            "example-url",
            "the http or https address of an example's page, such as `https://labels.example/tasks/{example_id}`: makes"
                    + " examples [links in reports](report.md#links-and-texts). No reason to run again"));

    public static final Setting<String> EXAMPLE_TEXT_QUERY = add(query(
            "example-text-query",
            "returns example_id and text, of which [reports](report.md#links-and-texts) show the beginning under the id;"
                    + " runs on the source database, for the examples of a report only. No reason to run again"));

    public static final Setting<List<String>> CLASSES =
            add(texts("classes", "the valid labels, in the order of the array")
                    .orElse("the distinct labels, in code-point order"));

    public static final Setting<AnswerScale> SCALE = add(choice(
            "scale",
            AnswerScale.NOMINAL,
            "what the order of the classes means: `ordinal` for grades in ascending order, `interval` for ascending numbers;"
                    + " then [near misses count](algorithms.md#classes-in-an-order) in the statistics of agreement. The"
                    + " consensus stays as it is; needs `classes`"));

    public static final Setting<List<String>> ABSTAIN = add(texts(
                    "abstain",
                    "the answers by which an annotator [abstains](algorithms.md#who-abstains), such as `unsure`: they are"
                            + " counted, inform `committee` and `dawid_skene`, and are never a label")
            .orElse("none"));

    public static final Setting<Boolean> SELF_AGREEMENT = add(
            flag(
                    "self-agreement",
                    false,
                    "whether annotators who labeled an example again are [compared with themselves](algorithms.md#the-same-example-twice)"));

    static final Setting<List<ConsensusMethod>> CONSENSUS_METHODS = add(choices(
            "consensus-methods",
            List.of(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE),
            "the first is published, the others are written to `alternative_consensus`; also `dawid_skene` and"
                    + " `committee`: see [consensus methods](algorithms.md)"));

    static final Setting<QualityMethod> QUALITY_METHOD = add(choice(
            "quality-method",
            QualityMethod.CROWDLAB,
            "or `agreement`, which needs no predictions; with `crowdlab`, a run that finds no usable prediction is refused"
                    + " if there is a `predictions-query`, or if the published run had models"));

    static final Setting<LabelQualityScore> LABEL_QUALITY_SCORE = add(choice(
            "label-quality-score",
            LabelQualityScore.SELF_CONFIDENCE,
            "or `normalized_margin`, `confidence_weighted_entropy`: how a label's quality is computed from the"
                    + " probabilities of the classes"));

    static final Setting<Boolean> ADJUST_PREDICTIONS = add(flag(
            "adjust-predictions",
            false,
            "true first corrects these probabilities for the average confidence in each class; not with entropy"));

    static final Setting<Boolean> CALIBRATE_PREDICTIONS = add(flag(
            "calibrate-predictions",
            false,
            "true first sharpens or softens each model's predictions by the temperature that fits the votes best"));

    static final Setting<Boolean> ACTIVE_LEARNING = add(flag(
            "active-learning", true, "false leaves `label_next` empty, and saves the time and space that it takes"));

    static final Setting<MissingPrediction> ON_MISSING_PREDICTION = add(choice(
            "on-missing-prediction", MissingPrediction.REJECT, "`uniform` assumes 1/K, `fail` fails the dataset"));

    public static final Setting<IncompletePrediction> ON_INCOMPLETE_PREDICTION = add(choice(
            "on-incomplete-prediction",
            IncompletePrediction.REJECT,
            "for a prediction (label, probability) that lacks classes, `spread` divides what is missing to 1 equally among"
                    + " the missing classes, so that one label with its score is enough; with a `source`, `spread` is the"
                    + " default"));

    public static final Setting<List<String>> MACHINES = add(texts(
                    "machines",
                    "which annotators are [language models](machines.md) or other programs, such as `gpt-*`: patterns for"
                            + " their ids, in which `*` stands for any characters and `?` for one. Machines do not vote; all"
                            + " of them together count as one model that is judged by people")
            .orElse("none"));

    static final Setting<DuplicateAnnotation> ON_DUPLICATE_ANNOTATION = add(choice(
            "on-duplicate-annotation",
            DuplicateAnnotation.LATEST,
            "`first`, or `fail`: which of an annotator's differing labels of one example counts"));

    public static final Setting<Boolean> STORE_POSTERIOR = add(flag(
            "store-posterior",
            false,
            "true stores how probable the published method considers each class of every example:"
                    + " [label_posterior](algorithms.md#the-posterior-of-every-class)"));

    public static final Setting<Boolean> STORE_SOFT_LABELS = add(flag(
            "store-soft-labels",
            false,
            "true stores how probable it is that the next annotator gives each class, with the committee first among"
                    + " `consensus-methods`: [soft_label](algorithms.md#soft-labels)"));

    static final Setting<GoldSettings.Use> USE_GOLD = add(choice(
            "use-gold",
            GoldSettings.Use.FALSE,
            "`true` publishes the gold labels and judges annotators by them; the accuracy of the consensus is that of the"
                    + " labels from before, made [once more](algorithms.md#gold) without gold. `anchor` [corrects all labels](algorithms.md#gold-that-corrects-the-labels) by them where"
                    + " that makes labels better, for `committee` as the first of `consensus-methods`"));

    public static final Setting<Integer> GOLD_MINIMUM = add(integer(
                    "gold-minimum",
                    50,
                    GoldCorrection.MAX_GOLD,
                    "with `use-gold: anchor`, the number of gold labels from which on labels may change; with fewer they"
                            + " are only measured")
            .or(String.valueOf(GoldCorrection.DEFAULT_MINIMUM)));

    public static final Setting<String> SAMPLE_SEED = add(text(
            "sample-seed",
            "for gold that was asked for in the order of [`sample`](algorithms.md#gold-that-is-a-sample), the seed of that order: any text, kept"
                    + " for good. Only examples up to the first in that order without gold then count as drawn at"
                    + " random; without it, all examples with gold"));

    private static final int MOST_LABELS = 1_000;

    public static final Setting<Double> STOP_AT = add(fraction(
                    "stop.at",
                    "how probable it must be that a label is right before [no more are asked for](stopping.md), such as"
                            + " `0.85`. Any of the four settings of `stop` turns states on; they need the committee first among"
                            + " `consensus-methods`")
            .orElse("off, or 0.85"));

    static final Setting<Integer> STOP_MIN_LABELS = add(integer(
                    "stop.min-labels",
                    1,
                    MOST_LABELS,
                    "how many annotations an example needs before no more are asked for")
            .orElse("off, or 3"));

    static final Setting<Integer> STOP_MAX_LABELS = add(integer(
                    "stop.max-labels",
                    1,
                    MOST_LABELS,
                    "from how many annotations on an expert is asked rather than another annotator")
            .orElse("off, or 10"));

    public static final Setting<Double> STOP_TARGET_ACCURACY = add(fraction(
            "stop.target-accuracy",
            "instead of `stop.at`, how many of the labels that no more are asked for must be right, [as gold"
                    + " shows](stopping.md#with-gold): needs 50 gold labels of examples drawn at random"));

    public static final Setting<String> TIME_ZONE = add(text(
            "time-zone",
            "the zone of an `annotated_at` [without one](#times-without-a-zone), a name such as `America/New_York`, or"
                    + " `UTC`; with none it is read as UTC, with a warning. Abbreviations such as CET are refused, since"
                    + " they have no summer time in PostgreSQL. A change is a reason to run again"));

    /** Described by {@link CheckedMetric}. */
    public static final Setting<Map<String, String>> CHECKS = add(map("checks", ""));

    static final Setting<Map<String, String>> ACKNOWLEDGED = add(map(
            "acknowledged",
            "known warnings, [by the finding's code](#findings-that-are-known), each with a date and a reason"));

    public static final Setting<Duration> TIMEOUT = add(duration(
                    "timeout",
                    "how long a run of the dataset may take before it is canceled, with its unit; `0s`: without limit")
            .or("6h"));

    private DatasetSetting() {}

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }

    /** All of them, in the order of the page. */
    public static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    /** All of them with a setting for each check. */
    public static List<Setting<?>> described() {
        return ALL.stream()
                .<Setting<?>>flatMap(setting -> setting.equals(CHECKS)
                        ? Arrays.stream(CheckedMetric.values()).map(CheckedMetric::described)
                        : Stream.of(setting))
                .toList();
    }

    /** Those that are queries. */
    public static List<Setting<?>> queries() {
        return ALL.stream().filter(setting -> setting.is(Setting.Trait.QUERY)).toList();
    }
}
