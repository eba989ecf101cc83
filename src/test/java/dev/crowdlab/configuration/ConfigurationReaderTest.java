package dev.crowdlab.configuration;

import static dev.crowdlab.settings.CheckedMetric.MAX_AGE;
import static dev.crowdlab.settings.CheckedMetric.MAX_CHANGED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MAX_QUALITY_DROP;
import static dev.crowdlab.settings.CheckedMetric.MAX_REJECTED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MAX_VANISHED_SHARE;
import static dev.crowdlab.settings.CheckedMetric.MIN_ANNOTATORS;
import static dev.crowdlab.settings.CheckedMetric.MIN_EXAMPLES;
import static dev.crowdlab.settings.CheckedMetric.MIN_GOLD_ACCURACY;
import static dev.crowdlab.settings.CheckedMetric.MIN_MEAN_ANNOTATIONS;
import static dev.crowdlab.settings.CheckedMetric.MIN_PREDICTED_SHARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.dataset.MachinePatterns;
import dev.crowdlab.dataset.Period;
import dev.crowdlab.dataset.rejection.AnswerRules;
import dev.crowdlab.dataset.rejection.AnswerScale;
import dev.crowdlab.dataset.rejection.DuplicateAnnotation;
import dev.crowdlab.dataset.rejection.IncompletePrediction;
import dev.crowdlab.dataset.rejection.InputRules;
import dev.crowdlab.dataset.rejection.MissingPrediction;
import dev.crowdlab.engine.pass.ConsensusMethod;
import dev.crowdlab.engine.quality.LabelQualityScore;
import dev.crowdlab.engine.quality.QualityMethod;
import dev.crowdlab.engine.stop.StopRule;
import dev.crowdlab.settings.AskingSettings;
import dev.crowdlab.settings.CheckSettings;
import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.EmbeddedSettings;
import dev.crowdlab.settings.EngineSettings;
import dev.crowdlab.settings.ExampleSettings;
import dev.crowdlab.settings.GoldSettings;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.LineageSettings;
import dev.crowdlab.settings.MethodSettings;
import dev.crowdlab.settings.MetricsSettings;
import dev.crowdlab.settings.NightEvent;
import dev.crowdlab.settings.OtlpSettings;
import dev.crowdlab.settings.RetentionSettings;
import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.SettingsReader;
import dev.crowdlab.settings.SourceSettings;
import dev.crowdlab.settings.SourceTables;
import dev.crowdlab.settings.StandbySettings;
import dev.crowdlab.settings.Thresholds;
import dev.crowdlab.settings.WebhookSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class ConfigurationReaderTest {

    private static final String EVERYTHING = """
            crowdlab:
              threads: 3
              block-rows: 1000
              retry: 90s
              lock-timeout: 5s
              periods: day
              source:
                url: jdbc:postgresql://elsewhere/annotations
                username: reader
                password: secret
              retention:
                runs: 5
                max-age: P30D
                grace: 90m
                batch-metadata: 7d
                rejected-rows: 500
                history: P400D
              embedded:
                directory: /var/lib/newcomer
                port: 5433
              webhook:
                url: https://hooks.example.org/a/b
                secret: shared
                events: [failed, drift]
                format: slack
                report-url: https://reports.example.org/labels/
              metrics:
                file: /var/lib/node_exporter/crowdlab.prom
                pushgateway: http://pushgateway:9091
                otlp: https://collector.example.org/v1/metrics
                otlp-headers: ["Authorization=Bearer a, b", x-api-key = 1=2]
              openlineage:
                url: https://lineage.example.org/api/v1/lineage
                api-key: k
                namespace: nights
              standby:
                replay: 1m
                planning: 2s
              datasets:
                sentiment:
                  annotations-query: select a
                  predictions-query: select p
                  gold-query: select g
                  example-url: https://labels.example/tasks/{example_id}
                  example-text-query: select t
                  classes: [negative, neutral, positive]
                  scale: ordinal
                  abstain: [unsure, cannot tell]
                  self-agreement: true
                  consensus-methods: [committee, best_quality]
                  quality-method: agreement
                  label-quality-score: normalized_margin
                  adjust-predictions: true
                  calibrate-predictions: true
                  active-learning: false
                  store-posterior: true
                  sample-seed: drawn 1
                  store-soft-labels: false
                  stop:
                    at: 0.9
                    min-labels: 2
                    max-labels: 7
                  on-missing-prediction: uniform
                  on-duplicate-annotation: first
                  timeout: 90m
                  checks:
                    max-rejected-share: 0.25
                    min-examples: 100
                    min-annotators: {warn: 9, fail: 5}
                    min-mean-annotations: {warn: 2.5}
                    min-predicted-share: 0.9
                    max-changed-share: {warn: 0.01, fail: 0.1}
                    max-vanished-share: {warn: 0.2, fail: 0.75}
                    max-age: {warn: 90m, fail: P2D}
                    max-quality-drop: 0.125
                    min-gold-accuracy: 0.75
            """;

    private final SettingSources sources = new SettingSources();

    private Settings read() {
        return ConfigurationReader.read(sources.environment());
    }

    private DatasetSettings readDataset(String name) {
        Map<String, DatasetSettings> datasets = read().datasets();
        assertThat(datasets).containsOnlyKeys(name);
        return datasets.get(name);
    }

    @Test
    void withoutSettingsTheDefaultsHold() {
        Settings settings = read();
        assertThat(settings.datasets()).isEmpty();
        assertThat(settings.source()).isEmpty();
        assertThat(settings.retention())
                .isEqualTo(new RetentionSettings(
                        2, Optional.empty(), Duration.ofHours(1), Duration.ofDays(30), 10_000, Optional.empty()));
        assertThat(settings.embedded()).isEqualTo(new EmbeddedSettings(Path.of(".crowdlab"), 54_329));
        assertThat(settings.engine())
                .isEqualTo(new EngineSettings(Runtime.getRuntime().availableProcessors(), 65_536));
        assertThat(settings.retry()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.lockTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aDatasetWithQueriesHasDefaultsForTheRest() {
        sources.yaml("crowdlab.datasets.d.annotations-query: select a");
        assertThat(readDataset("d"))
                .isEqualTo(new DatasetSettings(
                        "d",
                        "select a",
                        null,
                        new InputRules(List.of(), MissingPrediction.REJECT, DuplicateAnnotation.LATEST),
                        new MethodSettings(
                                List.of(ConsensusMethod.BEST_QUALITY, ConsensusMethod.MAJORITY_VOTE),
                                QualityMethod.CROWDLAB,
                                LabelQualityScore.SELF_CONFIDENCE,
                                false,
                                false,
                                true,
                                false,
                                false,
                                AskingSettings.NONE,
                                MachinePatterns.NONE),
                        new CheckSettings(Map.of(
                                MAX_REJECTED_SHARE,
                                Thresholds.failing(0.05),
                                MIN_EXAMPLES,
                                Thresholds.failing(1),
                                MAX_CHANGED_SHARE,
                                new Thresholds(0.1, Double.NaN),
                                MAX_VANISHED_SHARE,
                                Thresholds.failing(0.5))),
                        Duration.ofHours(6)));
        assertThat(readDataset("d").isBuiltIn()).isFalse();
    }

    @Test
    void aDatasetOfTheBuiltInTablesHasTheSameDefaults() {
        sources.yaml("crowdlab.datasets.d.checks.min-examples: 1");
        assertThat(readDataset("d")).isEqualTo(DatasetSettings.builtIn("d"));
        assertThat(readDataset("d").isBuiltIn()).isTrue();
    }

    @Test
    void aDatasetOfTablesOutsidePostgresqlIsRecordedWithThem() {
        sources.yaml("""
                crowdlab.datasets.d:
                  annotations-table: lake.annotations
                  predictions-table: parquet.`/lake/predictions`
                  gold-table: /lake/gold
                  use-gold: true
                """);
        DatasetSettings dataset = readDataset("d");
        assertThat(dataset.tables())
                .isEqualTo(new SourceTables("lake.annotations", "parquet.`/lake/predictions`", "/lake/gold"));
        assertThat(dataset.gold()).isEqualTo(new GoldSettings(null, true));
        assertThat(dataset.isBuiltIn()).isFalse();
        assertThat(dataset.recorded())
                .containsEntry("annotations_query", null)
                .containsEntry("annotations_table", "lake.annotations")
                .containsEntry("predictions_table", "parquet.`/lake/predictions`")
                .containsEntry("gold_table", "/lake/gold")
                .containsEntry("use_gold", true)
                .doesNotContainKey("gold_query");
        assertThat(DatasetSettings.builtIn("d").recorded())
                .doesNotContainKeys("annotations_table", "predictions_table");
    }

    @Test
    void machinesAreRead() {
        Settings settings = sources("""
                crowdlab:
                  datasets:
                    sentiment:
                      annotations-query: select a
                      machines: [gpt-*, judge 7]
                """);
        assertThat(settings.datasets().get("sentiment").methods().machines())
                .isEqualTo(new MachinePatterns(List.of("gpt-*", "judge 7")));
    }

    @Test
    void machinesAndStopCannotBeCombined() {
        sources.yaml("""
                crowdlab:
                  datasets:
                    sentiment:
                      annotations-query: select a
                      consensus-methods: committee
                      machines: gpt-*
                      stop.at: 0.9
                """);
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("machines: cannot be combined with the settings of stop");
    }

    @Test
    void goldCanBeUsed() {
        sources.yaml("crowdlab.datasets.d: {annotations-query: select a, gold-query: select g, use-gold: true}");
        assertThat(readDataset("d").gold()).isEqualTo(new GoldSettings("select g", true));
    }

    @Test
    void goldCanCorrect() {
        String start = "crowdlab.datasets.d: {annotations-query: select a, gold-query: select g, use-gold: anchor,"
                + " consensus-methods: [committee]";
        sources.yaml(start + "}");
        assertThat(readDataset("d").gold()).isEqualTo(new GoldSettings("select g", GoldSettings.Use.ANCHOR, 100, true));
        assertThat(readDataset("d").recorded())
                .containsEntry("use_gold", "anchor")
                .doesNotContainKey("gold_minimum");
        sources.yaml(start + ", gold-minimum: 60}");
        assertThat(readDataset("d").recorded()).containsEntry("gold_minimum", "60");
        assertThat(readDataset("d").options(1, 0).goldMinimum()).isEqualTo(60);
    }

    @Test
    void everySettingIsRead() {
        sources.yaml(EVERYTHING);
        assertThat(read())
                .isEqualTo(new Settings(
                        Map.of("sentiment", everySettingOfADataset()),
                        Optional.of(new SourceSettings("jdbc:postgresql://elsewhere/annotations", "reader", "secret")),
                        new RetentionSettings(
                                5,
                                Optional.of(Duration.ofDays(30)),
                                Duration.ofMinutes(90),
                                Duration.ofDays(7),
                                500,
                                Optional.of(Duration.ofDays(400))),
                        new StandbySettings(Duration.ofMinutes(1), Duration.ofSeconds(2)),
                        new EmbeddedSettings(Path.of("/var/lib/newcomer"), 5_433),
                        new EngineSettings(3, 1_000),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(5),
                        Period.DAY,
                        Optional.of(new WebhookSettings(
                                URI.create("https://hooks.example.org/a/b"),
                                Optional.of("shared"),
                                Set.of(NightEvent.FAILED, NightEvent.DRIFT),
                                WebhookSettings.Format.SLACK,
                                Optional.of(URI.create("https://reports.example.org/labels/")))),
                        new MetricsSettings(
                                Optional.of(Path.of("/var/lib/node_exporter/crowdlab.prom")),
                                Optional.of(URI.create("http://pushgateway:9091")),
                                Optional.of(new OtlpSettings(
                                        URI.create("https://collector.example.org/v1/metrics"),
                                        Map.of("Authorization", "Bearer a, b", "x-api-key", "1=2")))),
                        Optional.of(new LineageSettings(
                                URI.create("https://lineage.example.org/api/v1/lineage"),
                                Optional.of("k"),
                                "nights"))));
    }

    private static DatasetSettings everySettingOfADataset() {
        return new DatasetSettings(
                "sentiment",
                "select a",
                "select p",
                new GoldSettings("select g", false),
                new InputRules(
                        List.of("negative", "neutral", "positive"),
                        MissingPrediction.UNIFORM,
                        DuplicateAnnotation.FIRST,
                        IncompletePrediction.REJECT,
                        null,
                        new AnswerRules(AnswerScale.ORDINAL, List.of("unsure", "cannot tell"), true)),
                new MethodSettings(
                        List.of(ConsensusMethod.COMMITTEE, ConsensusMethod.BEST_QUALITY),
                        QualityMethod.AGREEMENT,
                        LabelQualityScore.NORMALIZED_MARGIN,
                        true,
                        true,
                        false,
                        true,
                        false,
                        new AskingSettings("drawn 1", Optional.of(new StopRule(0.9, 2, 7, Double.NaN, false))),
                        MachinePatterns.NONE),
                everyCheck(),
                Duration.ofMinutes(90),
                Period.DAY,
                null,
                null,
                new ExampleSettings("https://labels.example/tasks/{example_id}", "select t"));
    }

    private static CheckSettings everyCheck() {
        return new CheckSettings(Map.ofEntries(
                Map.entry(MAX_REJECTED_SHARE, Thresholds.failing(0.25)),
                Map.entry(MIN_EXAMPLES, Thresholds.failing(100)),
                Map.entry(MIN_ANNOTATORS, new Thresholds(9, 5)),
                Map.entry(MIN_MEAN_ANNOTATIONS, new Thresholds(2.5, Double.NaN)),
                Map.entry(MIN_PREDICTED_SHARE, Thresholds.failing(0.9)),
                Map.entry(MAX_CHANGED_SHARE, new Thresholds(0.01, 0.1)),
                Map.entry(MAX_VANISHED_SHARE, new Thresholds(0.2, 0.75)),
                Map.entry(MAX_AGE, new Thresholds(1.5, 48)),
                Map.entry(MAX_QUALITY_DROP, Thresholds.failing(0.125)),
                Map.entry(MIN_GOLD_ACCURACY, Thresholds.failing(0.75))));
    }

    /** What the later program of another kind relies on. */
    @Test
    void theSameFileGivesTheSameSettingsWithoutSpringBoot() {
        Map<String, String> properties = new HashMap<>();
        flatten("", new Yaml().load(EVERYTHING), properties);
        assertThat(SettingsReader.read(properties)).isEqualTo(sources(EVERYTHING));
    }

    private Settings sources(String yaml) {
        sources.yaml(yaml);
        return read();
    }

    private static void flatten(String path, Object value, Map<String, String> properties) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, below) -> flatten(path.isEmpty() ? "" + key : path + "." + key, below, properties));
        } else if (value instanceof List<?> list) {
            for (int index = 0; index < list.size(); index++) {
                flatten(path + "[" + index + "]", list.get(index), properties);
            }
        } else {
            properties.put(path, String.valueOf(value));
        }
    }

    @Test
    void everyChoiceIsWrittenAsInTheTable() {
        for (String method : List.of("best_quality", "majority_vote", "dawid_skene", "committee")) {
            sources.yaml("crowdlab.datasets.d.consensus-methods: [" + method + "]");
            assertThat(readDataset("d").methods().consensusMethods())
                    .extracting(ConsensusMethod::name)
                    .containsExactly(method.toUpperCase(java.util.Locale.ROOT));
        }
        assertChoice(
                "quality-method: crowdlab", settings -> settings.methods().qualityMethod() == QualityMethod.CROWDLAB);
        assertChoice(
                "quality-method: agreement", settings -> settings.methods().qualityMethod() == QualityMethod.AGREEMENT);
        for (MissingPrediction choice : MissingPrediction.values()) {
            String value = Map.of(
                            MissingPrediction.REJECT, "reject",
                            MissingPrediction.UNIFORM, "uniform",
                            MissingPrediction.FAIL, "fail")
                    .get(choice);
            assertChoice(
                    "on-missing-prediction: " + value,
                    settings -> settings.inputRules().missingPrediction() == choice);
        }
        for (DuplicateAnnotation choice : DuplicateAnnotation.values()) {
            String value = Map.of(
                            DuplicateAnnotation.LATEST, "latest",
                            DuplicateAnnotation.FIRST, "first",
                            DuplicateAnnotation.FAIL, "fail")
                    .get(choice);
            assertChoice(
                    "on-duplicate-annotation: " + value,
                    settings -> settings.inputRules().duplicateAnnotation() == choice);
        }
    }

    private void assertChoice(String line, java.util.function.Predicate<DatasetSettings> holds) {
        sources.yaml("crowdlab.datasets.d." + line);
        assertThat(readDataset("d")).as(line).matches(holds);
    }

    @Test
    void namesOfDatasetsStayAsTheyAreWritten() {
        sources.yaml("""
                crowdlab:
                  datasets:
                    My_Data-Set_2:
                      annotations-query: select 1
                    UPPER:
                      classes: [a, b]
                    snake_case:
                      checks: {min-examples: 7}
                    "007":
                      quality-method: agreement
                """);
        Map<String, DatasetSettings> datasets = read().datasets();
        assertThat(datasets).containsOnlyKeys("My_Data-Set_2", "UPPER", "snake_case", "007");
        datasets.forEach((name, dataset) -> assertThat(dataset.name()).isEqualTo(name));
        assertThat(datasets.get("My_Data-Set_2").annotationsQuery()).isEqualTo("select 1");
        assertThat(datasets.get("UPPER").inputRules().classes()).containsExactly("a", "b");
        assertThat(datasets.get("snake_case").checks().of(MIN_EXAMPLES)).isEqualTo(Thresholds.failing(7));
    }

    @Test
    void aVariableOfTheEnvironmentChangesTheDatasetThatIsWrittenElsewhere() {
        sources.yaml("crowdlab.datasets.My_set.annotations-query: select a")
                .variable("CROWDLAB_DATASETS_MYSET_CHECKS_MINEXAMPLES", "9");
        DatasetSettings dataset = readDataset("My_set");
        assertThat(dataset.name()).isEqualTo("My_set");
        assertThat(dataset.annotationsQuery()).isEqualTo("select a");
        assertThat(dataset.checks().of(MIN_EXAMPLES)).isEqualTo(Thresholds.failing(9));
    }

    @Test
    void aWarningMayBeAddedToAPlainLimitOrToTheDefault() {
        sources.yaml("crowdlab.datasets.d.checks: {min-examples: {warn: 50}, maxChangedShare: 0.1}")
                .flag("crowdlab.datasets.d.checks.max-changed-share.warn", "0.02");
        CheckSettings checks = readDataset("d").checks();
        assertThat(checks.of(MIN_EXAMPLES)).isEqualTo(new Thresholds(50, 1));
        assertThat(checks.of(MAX_CHANGED_SHARE)).isEqualTo(new Thresholds(0.02, 0.1));
        assertThat(checks.of(MAX_REJECTED_SHARE)).isEqualTo(Thresholds.failing(0.05));
        assertThat(checks.of(MAX_AGE).isNone()).isTrue();
    }

    @Test
    void aFlagChangesTheLimitOfAFileInTheFormThatTheFileHas() {
        sources.yaml("crowdlab.datasets.d.checks: {max-changed-share: 0.1, max-quality-drop: {warn: 0.01, fail: 0.05}}")
                .flag("crowdlab.datasets.d.checks.max-changed-share", "1")
                .flag("crowdlab.datasets.d.checks.max-quality-drop.fail", "1");
        CheckSettings checks = readDataset("d").checks();
        assertThat(checks.of(MAX_CHANGED_SHARE)).isEqualTo(new Thresholds(0.1, 1));
        assertThat(checks.of(MAX_QUALITY_DROP)).isEqualTo(new Thresholds(0.01, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "'max-changed-share: 0.05', NaN, 0.05",
        "'max-changed-share: 0.1', NaN, 0.1",
        "'max-changed-share: 0.2', 0.1, 0.2",
        "'max-changed-share: {fail: 0.2}', 0.1, 0.2",
        "'max-changed-share: {warn: 1}', 1, NaN",
        "'max-changed-share: {warn: 0.02, fail: 0.05}', 0.02, 0.05"
    })
    void theDefaultWarningOfChangedLabelsStaysBesideAWiderLimitOnly(String line, double warn, double fail) {
        sources.yaml("crowdlab.datasets.d.checks: {" + line + "}");
        assertThat(readDataset("d").checks().of(MAX_CHANGED_SHARE)).isEqualTo(new Thresholds(warn, fail));
    }

    @Test
    void quotedBooleansAndNumbersAreLabels() {
        sources.yaml("crowdlab.datasets.d.classes: ['yes', \"no\", 'true', 1, 2]");
        assertThat(readDataset("d").inputRules().classes()).containsExactly("yes", "no", "true", "1", "2");
    }

    @Test
    void classesKeepTheirCase() {
        sources.yaml("crowdlab.datasets.d.classes: [B, a, b, 'A b', 'ä,ö']");
        assertThat(readDataset("d").inputRules().classes()).containsExactly("B", "a", "b", "A b", "ä,ö");
    }

    @Test
    void flagsComeBeforeTheEnvironmentAndThatBeforeFiles() {
        sources.yaml(EVERYTHING)
                .variable("CROWDLAB_RETENTION_RUNS", "6")
                .variable("CROWDLAB_RETENTION_GRACE", "2h")
                .flag("crowdlab.retention.grace", "3h")
                .flag("crowdlab.retention.history", "800d")
                .flag("crowdlab.threads", "1");
        Settings settings = read();
        assertThat(settings.retention())
                .isEqualTo(new RetentionSettings(
                        6,
                        Optional.of(Duration.ofDays(30)),
                        Duration.ofHours(3),
                        Duration.ofDays(7),
                        500,
                        Optional.of(Duration.ofDays(800))));
        assertThat(settings.engine()).isEqualTo(new EngineSettings(1, 1_000));
        assertThat(settings.embedded().port()).isEqualTo(5_433);
    }

    @Test
    void aDatasetMayComeFromFlagsAlone() {
        sources.flag("crowdlab.datasets.My_set.annotations-query", "select a")
                .flag("crowdlab.datasets.My_set.classes[0]", "true")
                .flag("crowdlab.datasets.My_set.classes[1]", "false");
        assertThat(readDataset("My_set").annotationsQuery()).isEqualTo("select a");
        assertThat(readDataset("My_set").inputRules().classes()).containsExactly("true", "false");
    }

    @Test
    void aDatasetMayComeFromTheEnvironmentAlone() {
        sources.variable("CROWDLAB_DATASETS_SENTIMENT_ANNOTATIONSQUERY", "select a")
                .variable("CROWDLAB_DATASETS_SENTIMENT_CHECKS_MINEXAMPLES", "5")
                .variable("CROWDLAB_DATASETS_SENTIMENT_CHECKS_MAXREJECTEDSHARE_WARN", "0.01")
                .variable("CROWDLAB_DATASETS_SENTIMENT_CLASSES_0", "x")
                .variable("CROWDLAB_DATASETS_SENTIMENT_CLASSES_1", "y");
        DatasetSettings dataset = readDataset("sentiment");
        assertThat(dataset.annotationsQuery()).isEqualTo("select a");
        assertThat(dataset.checks())
                .isEqualTo(new CheckSettings(Map.of(
                        MAX_REJECTED_SHARE,
                        new Thresholds(0.01, 0.05),
                        MIN_EXAMPLES,
                        Thresholds.failing(5),
                        MAX_CHANGED_SHARE,
                        new Thresholds(0.1, Double.NaN),
                        MAX_VANISHED_SHARE,
                        Thresholds.failing(0.5))));
        assertThat(dataset.inputRules().classes()).containsExactly("x", "y");
    }

    @Test
    void variablesOfTheLauncherOfKubernetesAndOfReferencesAreNoSettings() {
        sources.variable("CROWDLAB_HEAP", "3g")
                .variable("CROWDLAB_JAR", "x.jar")
                .variable("CROWDLAB_CACHE", "none")
                .variable("CROWDLAB_JAVA_OPTIONS", "-Xint")
                .variable("CROWDLAB_SERVICE_HOST", "10.0.0.1")
                .variable("CROWDLAB_PORT_5432_TCP_ADDR", "10.0.0.1")
                .variable("CROWDLAB_DB_PORT", "tcp://10.0.0.1:5432")
                .variable("CROWDLAB_DB_SERVICE_PORT_PG", "5432")
                .variable("CROWDLAB_MY_PASSWORD", "secret")
                .variable("SPRING_DATA_REDIS_HOST", "x")
                .yaml("crowdlab.source: {url: 'jdbc:postgresql:a', password: '${CROWDLAB_MY_PASSWORD}'}");
        assertThat(read().source()).contains(new SourceSettings("jdbc:postgresql:a", null, "secret"));
    }

    @Test
    void theSourceNeedsNoUser() {
        sources.yaml("crowdlab.source.url: jdbc:postgresql:annotations");
        assertThat(read().source()).contains(new SourceSettings("jdbc:postgresql:annotations", null, null));
    }

    @Test
    void theSourceNeverShowsItsPassword() {
        SourceSettings source = new SourceSettings("jdbc:postgresql://h/d?user=me&password=secret", "me", "secret");
        assertThat(source).hasToString("SourceSettings[jdbc:postgresql://h/d]");
    }

    @Test
    void readSettingsCannotBeChanged() {
        sources.yaml(EVERYTHING);
        Settings settings = read();
        assertThatThrownBy(() -> settings.datasets().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> settings.datasets()
                        .get("sentiment")
                        .methods()
                        .consensusMethods()
                        .clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> settings.datasets()
                        .get("sentiment")
                        .inputRules()
                        .classes()
                        .clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
