package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.crowdlab.settings.CheckedMetric;
import dev.crowdlab.settings.DatasetName;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Thresholds;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot be used, and the one sentence that each of them gives. */
class InvalidSettingsTest {

    private final SettingSources sources = new SettingSources();

    private List<String> problems() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class, () -> ConfigurationReader.read(sources.environment()));
        assertThat(refused).as("refusal").isNotNull();
        assertThat(refused).hasMessage(String.join(System.lineSeparator(), refused.sentences()));
        return refused.sentences();
    }

    @Test
    void aFlagThatLacksOurSectionIsNamed() {
        sources.flag("datasets.d.annotations-query", "select 1").flag("retention.runs", "3");
        sources.flag("server.port", "8080").flag("source", "else");
        assertThat(problems())
                .containsExactly(
                        "datasets.d.annotations-query: there is no such setting; did you mean"
                                + " crowdlab.datasets.d.annotations-query?",
                        "retention.runs: there is no such setting; did you mean crowdlab.retention.runs?");
    }

    private List<String> problems(String yaml) {
        sources.yaml(yaml);
        return problems();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            periods              | month   | 'is not one of week, day'
            threads              | 0       | 'is not a whole number from 1 to 1024'
            threads              | 1025    | 'is not a whole number from 1 to 1024'
            threads              | many    | 'is not a whole number from 1 to 1024'
            threads              | 1.5     | 'is not a whole number from 1 to 1024'
            retry                | 2       | 'is not a duration such as 1h, 30m or P1D'
            lock-timeout         | 30      | 'is not a duration such as 1h, 30m or P1D'
            datasets.d.timeout   | long    | 'is not a duration such as 1h, 30m or P1D'
            block-rows           | 0       | 'is not a whole number from 1 to 1000000'
            block-rows           | 1000001 | 'is not a whole number from 1 to 1000000'
            retention.runs       | 0       | 'is not a whole number from 1 to 1000'
            retention.runs       | 1001    | 'is not a whole number from 1 to 1000'
            retention.runs       | 99999999999999999999 | 'is not a whole number from 1 to 1000'
            retention.grace      | soon    | 'is not a duration such as 1h, 30m or P1D'
            retention.grace      | -1h     | 'is not a duration such as 1h, 30m or P1D'
            retention.grace      | 3600    | 'is not a duration such as 1h, 30m or P1D'
            retention.max-age    | 30      | 'is not a duration such as 1h, 30m or P1D'
            retention.max-age    | P1M     | 'is not a duration such as 1h, 30m or P1D'
            retention.history    | 400     | 'is not a duration such as 1h, 30m or P1D'
            retention.history    | P1Y     | 'is not a duration such as 1h, 30m or P1D'
            retention.history    | -400d   | 'is not a duration such as 1h, 30m or P1D'
            retention.rejected-rows | 0 | 'is not a whole number from 1 to 10000000'
            retention.batch-metadata | -P1D | 'is not a duration such as 1h, 30m or P1D'
            retention.grace      | 99999999999999999d | 'is not a duration such as 1h, 30m or P1D'
            embedded.port        | 0       | 'is not a whole number from 1 to 65535'
            embedded.port        | 65536   | 'is not a whole number from 1 to 65535'
            datasets.d.checks.max-rejected-share | 1.01 | 'is not a number from 0 to 1'
            datasets.d.checks.max-rejected-share | -0.1 | 'is not a number from 0 to 1'
            datasets.d.checks.max-rejected-share | NaN  | 'is not a number from 0 to 1'
            datasets.d.checks.max-rejected-share | 5 %  | 'is not a number from 0 to 1'
            datasets.d.checks.min-examples       | -1   | 'is not a whole number from 0 to 9223372036854775807'
            datasets.d.checks.min-examples.warn  | 1.5  | 'is not a whole number from 0 to 9223372036854775807'
            datasets.d.checks.min-annotators     | few  | 'is not a whole number from 0 to 9223372036854775807'
            datasets.d.checks.min-mean-annotations | -1 | 'is not a number from 0 to 1000000'
            datasets.d.checks.min-mean-annotations | 1000001 | 'is not a number from 0 to 1000000'
            datasets.d.checks.min-predicted-share.fail | 90 | 'is not a number from 0 to 1'
            datasets.d.checks.max-changed-share  | ''   | 'is not a number from 0 to 1'
            datasets.d.checks.max-quality-drop   | 2    | 'is not a number from 0 to 1'
            datasets.d.checks.max-age            | 36   | 'is not a duration such as 1h, 30m or P1D'
            datasets.d.checks.max-age.warn       | -1h  | 'is not a duration such as 1h, 30m or P1D'
            datasets.d.quality-method            | best | 'is not one of crowdlab, agreement'
            datasets.d.consensus-methods[0]      | vote | 'is not one of best_quality, majority_vote, dawid_skene, committee'
            datasets.d.on-missing-prediction     | skip | 'is not one of reject, uniform, fail'
            datasets.d.on-duplicate-annotation   | last | 'is not one of latest, first, fail'
            """)
    void aBadValueIsNamedWithItsKeyAndWhatMayStandThere(String key, String value, String sentence) {
        sources.flag("crowdlab." + key, value);
        assertThat(problems()).containsExactly("crowdlab." + key + ": '" + value + "' " + sentence);
    }

    @Test
    void aMisspelledKeyOfTheDatabaseIsNamedWithThoseThatThereAre() {
        sources.flag("spring.datasource.ulr", "jdbc:postgresql://localhost/secret");
        sources.flag("spring.datasource.driver-class-name", "org.postgresql.Driver");
        sources.variable("SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE", "3");
        assertThat(problems("""
                spring.datasource:
                  user: me
                  password: secret
                  hikari.maximum-pool-size: 3
                """))
                .containsExactly(
                        "spring.datasource.hikari: there is no such setting; spring.datasource has url, username and password",
                        "spring.datasource.ulr: there is no such setting; did you mean spring.datasource.url?",
                        "spring.datasource.user: there is no such setting; did you mean spring.datasource.username?");
    }

    @Test
    void aDatasetHasOneSource() {
        assertThat(problems("""
                crowdlab.datasets:
                  both:
                    annotations-query: select 1
                    annotations-table: lake.annotations
                  mixed:
                    annotations-query: select 1
                    predictions-table: lake.predictions
                  half:
                    predictions-table: lake.predictions
                  alone:
                    gold-table: lake.gold
                  gold:
                    annotations-table: lake.annotations
                    gold-query: select 1
                  empty:
                    annotations-table: " "
                """))
                .containsExactlyInAnyOrder(
                        "crowdlab.datasets.both.annotations-table: 'lake.annotations' cannot be combined with a query, since a dataset"
                                + " has one source; remove the tables or the queries",
                        "crowdlab.datasets.mixed.annotations-table: is missing, though predictions-table is there; give"
                                + " both or none",
                        "crowdlab.datasets.half.annotations-table: is missing, though predictions-table is there; give"
                                + " both or none",
                        "crowdlab.datasets.alone.annotations-table: is missing, though gold-table is there; give both or"
                                + " none",
                        "crowdlab.datasets.gold.gold-query: cannot be combined with an annotations-table, since a dataset has one"
                                + " source; give a gold-table",
                        "crowdlab.datasets.empty.annotations-table: is empty; give a table that Spark can read or leave"
                                + " the setting out");
    }

    @Test
    void adjustingDoesNotGoWithEntropy() {
        assertThat(problems("""
                crowdlab.datasets.d:
                  label-quality-score: confidence_weighted_entropy
                  adjust-predictions: true
                """))
                .containsExactly(
                        "crowdlab.datasets.d.adjust-predictions: true cannot be combined with label-quality-score"
                                + " confidence_weighted_entropy; leave it out, or choose self_confidence or normalized_margin");
    }

    @Test
    void softLabelsNeedTheCommittee() {
        assertThat(problems("""
                crowdlab.datasets.d:
                  consensus-methods: [best_quality, committee]
                  store-soft-labels: true
                """))
                .containsExactly(
                        "crowdlab.datasets.d.store-soft-labels: true needs the committee as the published method, and that is"
                                + " best_quality; name committee first in consensus-methods, or leave store-soft-labels out");
    }

    @Test
    void statesNeedTheCommitteeAsThePublishedMethod() {
        assertThat(problems("crowdlab.datasets.d.stop.max-labels: 7"))
                .containsExactly(
                        "crowdlab.datasets.d.stop: needs the committee as the published method, and that is"
                                + " best_quality; name committee first in consensus-methods, or leave the settings of stop out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at              | 1    | 'is not a number greater than 0 and less than 1'
            at              | 85 % | 'is not a number greater than 0 and less than 1'
            min-labels      | 0    | 'is not a whole number from 1 to 1000'
            max-labels      | many | 'is not a whole number from 1 to 1000'
            target-accuracy | 0    | 'is not a number greater than 0 and less than 1'
            """)
    void aNumberThatCannotStopAnythingIsRefused(String key, String value, String sentence) {
        sources.flag("crowdlab.datasets.d.consensus-methods", "committee");
        sources.flag("crowdlab.datasets.d.stop." + key, value);
        assertThat(problems()).containsExactly("crowdlab.datasets.d.stop." + key + ": '" + value + "' " + sentence);
    }

    @Test
    void whatStopsAskingMustFitTogether() {
        assertThat(problems("""
                crowdlab.datasets.d:
                  consensus-methods: [committee]
                  annotations-query: select 1
                  stop:
                    at: 0.85
                    target-accuracy: 0.9
                    min-labels: 5
                    max-labels: 4
                """))
                .containsExactlyInAnyOrder(
                        "crowdlab.datasets.d.stop.at: cannot be combined with stop.target-accuracy, which takes its place; leave"
                                + " one of them out",
                        "crowdlab.datasets.d.stop.max-labels: is 4, which is less than stop.min-labels, 5; give at least as"
                                + " many",
                        "crowdlab.datasets.d.stop.target-accuracy: needs a gold-query with 50 labels of examples drawn at"
                                + " random; give one, or give stop.at");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ordinal  | ''             | ordinal needs classes in ascending order; list them, or leave scale out
            interval | ''             | interval needs classes in ascending order; list them, or leave scale out
            interval | low, high      | interval needs classes that are numbers; choose ordinal, or leave scale out
            interval | 2, 1           | interval needs numbers in ascending order, at most 1000 steps of their last decimal apart; sort the classes, or choose ordinal
            interval | 0, 0.001, 1.5  | interval needs numbers in ascending order, at most 1000 steps of their last decimal apart; sort the classes, or choose ordinal
            interval | 1, 1.0         | interval needs numbers in ascending order, at most 1000 steps of their last decimal apart; sort the classes, or choose ordinal
            """)
    void aScaleNeedsClassesThatItCanOrder(String scale, String classes, String sentence) {
        assertThat(problems("crowdlab.datasets.d:\n  scale: " + scale
                        + (classes.isEmpty() ? "" : "\n  classes: ['" + classes.replace(", ", "', '") + "']")))
                .containsExactly("crowdlab.datasets.d.scale: " + sentence);
    }

    @Test
    void anAnswerThatAbstainsIsNoClass() {
        assertThat(problems("""
                crowdlab.datasets.d:
                  classes: [a, b, unsure]
                  abstain: [unsure, ' ']
                """))
                .containsExactly(
                        "crowdlab.datasets.d.abstain: names 'unsure', which is one of the classes; an answer is a label or it"
                                + " abstains, so leave it out in one of the two",
                        "crowdlab.datasets.d.abstain: has an element that is empty; give it text, or leave it out");
    }

    @Test
    void aScaleOfTooManyClassesIsRefused() {
        String classes = IntStream.range(0, 101).mapToObj(String::valueOf).collect(Collectors.joining(","));
        sources.flag("crowdlab.datasets.d.classes", classes).flag("crowdlab.datasets.d.scale", "ordinal");
        assertThat(problems())
                .containsExactly("crowdlab.datasets.d.scale: ordinal takes at most 100 classes, and there are 101;"
                        + " leave scale out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adjust-predictions",
                "calibrate-predictions",
                "active-learning",
                "self-agreement",
                "store-posterior",
                "store-soft-labels"
            })
    void whatIsNeitherTrueNorFalseIsRefused(String key) {
        assertThat(problems("crowdlab.datasets.d." + key + ": maybe"))
                .containsExactly("crowdlab.datasets.d." + key + ": 'maybe' is neither true nor false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            webhook.url         | ftp://example.org       | is not an address such as https://example.org/path, without user and password
            webhook.url         | https://me:pw@example.org | is not an address such as https://example.org/path, without user and password
            webhook.url         | not an address          | is not an address such as https://example.org/path, without user and password
            metrics.pushgateway | example.org:9091        | is not an address such as https://example.org/path, without user and password
            metrics.otlp        | collector:4317          | is not an address such as https://example.org/path, without user and password
            metrics.otlp-headers | a=pw                   | otlp-headers: have no receiver; give the collector's address as otlp, or leave them out
            openlineage.url     | lineage:5000            | is not an address such as https://example.org/path, without user and password
            openlineage.namespace | n                     | url: is missing; give the address that events go to, or leave out crowdlab.openlineage
            webhook.secret      | s                       | url: is missing; give the address that messages go to, or leave out crowdlab.webhook""")
    void whoIsToBeToldMustBeAnAddress(String key, String value, String problem) {
        sources.flag("crowdlab." + key, value);
        assertThat(problems()).singleElement().asString().endsWith(problem).doesNotContain("pw");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Bearer pw  | element 1 is not a header; write it as name=value
            a b=pw     | element 1 is not a header; write it as name=value
            a=         | element 1 is not a header; write it as name=value
            Host=pw    | Host is set by the program; leave it out""")
    void aHeaderHasANameAndAValue(String header, String problem) {
        sources.flag("crowdlab.metrics.otlp", "http://collector:4318/v1/metrics")
                .flag("crowdlab.metrics.otlp-headers", header);
        assertThat(problems()).containsExactly("crowdlab.metrics.otlp-headers: " + problem);
    }

    @Test
    void aKeyMustFitIntoAHeader() {
        sources.flag("crowdlab.openlineage.url", "https://example.org")
                .flag("crowdlab.openlineage.api-key", "pw pw")
                .flag("crowdlab.openlineage.namespace", " ");
        assertThat(problems())
                .containsExactly(
                        "crowdlab.openlineage.api-key: is empty, or has spaces or other characters that a header cannot have",
                        "crowdlab.openlineage.namespace: is empty; give the namespace of the jobs, or leave it out");
    }

    @Test
    void whatAChatIsToldMustBeKnown() {
        sources.flag("crowdlab.webhook.url", "https://example.org")
                .flag("crowdlab.webhook.format", "xml")
                .flag("crowdlab.webhook.report-url", "/srv/reports");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "crowdlab.webhook.format: 'xml' is not one of json, slack, teams",
                        "crowdlab.webhook.report-url: is not an address such as https://example.org/path, without user"
                                + " and password");
    }

    @Test
    void anUnknownEventIsRefusedWithTheKnownOnes() {
        sources.flag("crowdlab.webhook.url", "https://example.org").flag("crowdlab.webhook.events", "failed, late");
        assertThat(problems())
                .containsExactly("crowdlab.webhook.events: 'late' is not one of published, refused, failed, drift");
    }

    @Test
    void anUnknownScoreIsRefusedWithTheKnownOnes() {
        assertThat(problems("crowdlab.datasets.d.label-quality-score: margin"))
                .containsExactly("crowdlab.datasets.d.label-quality-score: 'margin' is not one of self_confidence,"
                        + " normalized_margin, confidence_weighted_entropy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.0"})
    void theLimitsOfAShareAreTaken(String share) {
        sources.flag("crowdlab.datasets.d.checks.max-rejected-share", share);
        assertThat(ConfigurationReader.read(sources.environment())
                        .datasets()
                        .get("d")
                        .checks()
                        .of(CheckedMetric.MAX_REJECTED_SHARE))
                .isEqualTo(Thresholds.failing(Double.parseDouble(share)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "PT0S"})
    void noGraceIsAGrace(String grace) {
        sources.flag("crowdlab.retention.grace", grace);
        assertThat(ConfigurationReader.read(sources.environment()).retention().grace())
                .isZero();
    }

    @Test
    void booleansAsClassesAreRefused() {
        assertThat(problems("crowdlab.datasets.d.classes: [yes, no]"))
                .containsExactly(
                        "crowdlab.datasets.d.classes[0]: YAML reads this class as the boolean true; quote"
                                + " yes/no/true/false to have them as labels",
                        "crowdlab.datasets.d.classes[1]: YAML reads this class as the boolean false; quote"
                                + " yes/no/true/false to have them as labels");
    }

    @Test
    void decimalNumbersAsClassesAreRefused() {
        assertThat(problems("crowdlab.datasets.d.classes: [1.10, 2]"))
                .containsExactly(
                        "crowdlab.datasets.d.classes[0]: YAML reads this class as the number 1.1; quote it to keep"
                                + " its spelling");
    }

    @Test
    void booleansAsClassesOfATemplateAreRefused() {
        assertThat(problems("""
                crowdlab.templates.t:
                  projects: {a: 1}
                  dataset: {annotations-query: 'select {{project}}', classes: [maybe, no]}
                """))
                .containsExactly(
                        "crowdlab.templates.t.dataset.classes[1]: YAML reads this class as the boolean false; quote"
                                + " yes/no/true/false to have them as labels");
    }

    @Test
    void everyTextInThePlaceOfASectionIsReportedWithTheOtherProblems() {
        assertThat(problems("crowdlab: {retention: forever, threads: x, datasets: {d: strict}}"))
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder("crowdlab.retention", "crowdlab.datasets.d", "crowdlab.threads");
    }

    @Test
    void booleansAsClassesAreRefusedInAListOfLines() {
        assertThat(problems("""
                crowdlab:
                  datasets:
                    My_set:
                      classes:
                        - maybe
                        - off
                """))
                .singleElement()
                .asString()
                .startsWith("crowdlab.datasets.My_set.classes[1]: YAML reads this class as the boolean false");
    }

    @Test
    void classesMustBeDifferentNamedAndShort() {
        sources.flag("crowdlab.datasets.d.classes[0]", "a")
                .flag("crowdlab.datasets.d.classes[1]", "")
                .flag("crowdlab.datasets.d.classes[2]", "a")
                .flag("crowdlab.datasets.d.classes[3]", "é".repeat(125))
                .flag("crowdlab.datasets.d.classes[4]", "é".repeat(125) + "x");
        assertThat(problems())
                .containsExactly(
                        "crowdlab.datasets.d.classes[1]: is empty; every class needs a name",
                        "crowdlab.datasets.d.classes[2]: 'a' is listed twice; remove one of them",
                        "crowdlab.datasets.d.classes[4]: is longer than 250 bytes; shorten it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[only]", "only", "[]"})
    void oneClassIsNotEnough(String classes) {
        assertThat(problems("crowdlab.datasets.d.classes: " + classes))
                .containsExactly(
                        "crowdlab.datasets.d.classes: there is nothing to decide between fewer than two classes;"
                                + " name at least two");
    }

    @Test
    void consensusMethodsMustBeDifferent() {
        assertThat(problems("crowdlab.datasets.d.consensus-methods: [best_quality, majority_vote, best_quality]"))
                .containsExactly(
                        "crowdlab.datasets.d.consensus-methods[2]: 'best_quality' is listed twice; remove one of them");
    }

    @Test
    void oneConsensusMethodIsNeeded() {
        assertThat(problems("crowdlab.datasets.d.consensus-methods: []"))
                .containsExactly("crowdlab.datasets.d.consensus-methods: is empty; name at least one of best_quality,"
                        + " majority_vote, dawid_skene, committee");
    }

    @Test
    void predictionsWithoutAnnotationsAreRefused() {
        assertThat(problems("crowdlab.datasets.d.predictions-query: select p"))
                .containsExactly("crowdlab.datasets.d.annotations-query: is missing, though predictions-query is there;"
                        + " give both or none");
    }

    @Test
    void goldCorrectsTheCommitteeOnly() {
        String start = "crowdlab.datasets.d: {annotations-query: select a, ";
        String anchor = start + "gold-query: select g, use-gold: anchor, ";
        assertThat(problems(start + "use-gold: anchor, consensus-methods: committee}"))
                .containsExactly(
                        "crowdlab.datasets.d.use-gold: is anchor, but there is no gold-query; give one, or leave"
                                + " use-gold out");
        assertThat(problems(anchor + "consensus-methods: [best_quality, committee]}"))
                .containsExactly("crowdlab.datasets.d.use-gold: is anchor, which corrects the labels of committee only;"
                        + " name committee first among the consensus-methods");
        assertThat(problems(anchor + "active-learning: false}")).hasSize(1);
        String classes = IntStream.range(0, 65).mapToObj(label -> "c" + label).collect(Collectors.joining(", "));
        assertThat(problems(anchor + "consensus-methods: committee, classes: [" + classes + "]}"))
                .containsExactly(
                        "crowdlab.datasets.d.use-gold: is anchor, which corrects the labels of at most 64 classes,"
                                + " but there are 65; use true or false");
        assertThat(problems(start + "gold-query: select g, gold-minimum: 60}"))
                .containsExactly(
                        "crowdlab.datasets.d.gold-minimum: is for use-gold: anchor alone; write that too, or leave"
                                + " gold-minimum out");
        assertThat(problems(anchor + "consensus-methods: committee, gold-minimum: 49}"))
                .containsExactly("crowdlab.datasets.d.gold-minimum: '49' is not a whole number from 50 to 5000");
    }

    @Test
    void goldNeedsQueriesAndSomethingToMeasure() {
        assertThat(problems("crowdlab.datasets.d: {gold-query: select g}"))
                .containsExactly(
                        "crowdlab.datasets.d.annotations-query: is missing, though gold-query is there; give one,"
                                + " or leave gold-query out and load the gold into crowdlab.gold");
        assertThat(problems("crowdlab.datasets.d: {annotations-query: select a, gold-query: ' '}"))
                .containsExactly("crowdlab.datasets.d.gold-query: is empty; give a query or leave the setting out");
        assertThat(problems("crowdlab.datasets.d: {annotations-query: select a, use-gold: true}"))
                .containsExactly("crowdlab.datasets.d.use-gold: is true, but there is no gold-query; give one, or leave"
                        + " use-gold out");
        assertThat(problems(
                        "crowdlab.datasets.d: {annotations-query: select a, gold-query: select g, use-gold: maybe}"))
                .singleElement()
                .asString()
                .startsWith("crowdlab.datasets.d.use-gold: 'maybe' is not one of false, true, anchor");
        assertThat(problems("crowdlab.datasets.d: {annotations-query: select a, checks: {min-gold-accuracy: 0.9}}"))
                .containsExactly(
                        "crowdlab.datasets.d.checks.min-gold-accuracy: needs a gold-query to measure the accuracy"
                                + " by; give one, or leave the check out");
        assertThat(problems("crowdlab.datasets.d: {annotations-query: select a, gold-query: select g, use-gold: true,"
                        + " machines: [gpt*], checks: {min-gold-accuracy: {warn: 0.9}}}"))
                .containsExactly(
                        "crowdlab.datasets.d.checks.min-gold-accuracy: cannot be combined with use-gold: true"
                                + " beside machines, since gold then decides before machines are judged; leave one of them out");
        assertThat(problems("crowdlab.datasets.d: {annotations-query: select a, gold-query: select g,"
                        + " checks: {min-gold-accuracy: 90}}"))
                .singleElement()
                .asString()
                .contains("checks.min-gold-accuracy: '90' is not a number from 0 to 1");
    }

    @Test
    void emptyQueriesAreRefused() {
        assertThat(problems("crowdlab.datasets.d: {annotations-query: ' ', predictions-query: ''}"))
                .containsExactly(
                        "crowdlab.datasets.d.annotations-query: is empty; give a query or leave the setting out",
                        "crowdlab.datasets.d.predictions-query: is empty; give a query or leave the setting out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "ümlaut", "a/b", "it's", "[d.e]", "[two words]"})
    void namesOfDatasetsAreLettersDigitsAndTwoSigns(String key) {
        assertThat(problems("crowdlab: {datasets: {\"" + key + "\": {quality-method: crowdlab}}}"))
                .containsExactly("crowdlab.datasets: '" + key.replaceAll("[\\[\\]]", "")
                        + "' is not a name of 1 to 100 letters, digits, _ and -; rename it");
    }

    @Test
    void namesOfDatasetsAreNotTooLong() {
        String longest = "n".repeat(100);
        assertThat(DatasetName.problem(longest)).isEmpty();
        assertThat(DatasetName.problem(longest + "n"))
                .contains("'" + longest + "n' is not a name of 1 to 100 letters, digits, _ and -; rename it");
        assertThat(DatasetName.problem("")).isPresent();
        assertThat(DatasetName.problem("a\n")).isPresent();
    }

    @Test
    void namesThatSpringTakesForOneAreRefused() {
        assertThat(problems("""
                crowdlab:
                  datasets:
                    my_set: {annotations-query: select 1}
                    other: {annotations-query: select 2}
                    My-Set: {annotations-query: select 3}
                """))
                .containsExactly("crowdlab.datasets: 'My-Set' and 'my_set' differ only in case, _ or -, which settings"
                        + " cannot tell apart; rename one of them");
    }

    @Test
    void theSourceNeedsAUrlOfPostgresql() {
        assertThat(problems("crowdlab.source.username: me"))
                .containsExactly("crowdlab.source.url: is missing; give the JDBC URL of the database that holds the"
                        + " annotations");
        assertThat(problems("crowdlab.source.url: jdbc:mysql://secret"))
                .containsExactly("crowdlab.source.url: does not start with jdbc:postgresql:; give the JDBC URL of the"
                        + " database that holds the annotations");
    }

    @Test
    void theEmbeddedDirectoryNeedsAName() {
        assertThat(problems("crowdlab.embedded.directory: ''"))
                .containsExactly(
                        "crowdlab.embedded.directory: '' is not a directory's name; give one such as .crowdlab");
        assertThat(problems("crowdlab.embedded.directory: \"a\\0b\""))
                .containsExactly(
                        "crowdlab.embedded.directory: 'a\0b' is not a directory's name; give one such as .crowdlab");
    }

    @Test
    void unknownSettingsAreNamedAtOnce() {
        sources.yaml("""
                crowdlab:
                  thread: 2
                  retention: {run: 3}
                  datasets:
                    sentiment:
                      annotation-query: select 1
                """).flag("crowdlab.blocks", "7");
        assertThat(problems())
                .containsExactly(
                        "crowdlab.blocks: there is no such setting; correct its name or remove it",
                        "crowdlab.datasets.sentiment.annotation-query: there is no such setting; did you mean"
                                + " crowdlab.datasets.sentiment.annotations-query?",
                        "crowdlab.retention.run: there is no such setting; did you mean crowdlab.retention.runs?",
                        "crowdlab.thread: there is no such setting; did you mean crowdlab.threads?");
    }

    @Test
    void unknownChecksAreNamedWithTheKnownOnes() {
        assertThat(problems("crowdlab.datasets.d.checks: {max-rejected: 0.1, min-examples: {error: 7, warn: {a: b}}}"))
                .containsExactly(
                        "crowdlab.datasets.d.checks.max-rejected: there is no such check; known names are max-rejected-share,"
                                + " min-examples, min-annotators, min-mean-annotations, min-predicted-share,"
                                + " max-changed-share, max-vanished-share, max-age, max-quality-drop,"
                                + " min-gold-accuracy",
                        "crowdlab.datasets.d.checks.min-examples.error: there is no such setting; give a plain value, or"
                                + " warn and fail",
                        "crowdlab.datasets.d.checks.min-examples.warn.a: there is no such setting; give a plain value,"
                                + " or warn and fail");
    }

    @Test
    void aPlainLimitAndFailAreTheSame() {
        sources.yaml("crowdlab.datasets.d.checks.max-rejected-share: {warn: 0.01, fail: 0.1}")
                .flag("crowdlab.datasets.d.checks.max-rejected-share", "0.2");
        assertThat(problems())
                .containsExactly("crowdlab.datasets.d.checks.max-rejected-share: is given as a plain value and as fail,"
                        + " which are the same; keep one of them");
    }

    @Test
    void aWarningComesBeforeAFailure() {
        assertThat(problems("crowdlab.datasets.d.checks: {max-changed-share: {warn: 0.2, fail: 0.1}}"))
                .containsExactly("crowdlab.datasets.d.checks.max-changed-share: warn 0.2 is beyond fail 0.1, so that"
                        + " there would never be only a warning; change one of them");
        assertThat(problems("crowdlab.datasets.d.checks: {min-annotators: {warn: 4, fail: 5}}"))
                .containsExactly(
                        "crowdlab.datasets.d.checks.min-annotators: warn 4 is beyond fail 5, so that there would"
                                + " never be only a warning; change one of them");
        assertThat(problems("crowdlab.datasets.d.checks: {max-age: {warn: 2d, fail: 36h}}"))
                .singleElement()
                .asString()
                .contains("max-age: warn 2d is beyond fail 36h");
        assertThat(problems("crowdlab.datasets.d.checks: {max-rejected-share: {warn: 0.1}}"))
                .containsExactly("crowdlab.datasets.d.checks.max-rejected-share: warn 0.1 is beyond the default 0.05,"
                        + " so that there would never be only a warning; change one of them");
    }

    @Test
    void checksAreNoPlainText() {
        assertThat(problems("crowdlab.datasets.d.checks: strict"))
                .containsExactly("crowdlab.datasets.d.checks: 'strict' cannot be used here; see the settings in"
                        + " configuration.md");
        assertThat(problems("crowdlab.datasets.d.checks:"))
                .containsExactly("crowdlab.datasets.d.checks: is empty; put settings below it or remove it");
    }

    @Test
    void textWhereSettingsShouldStandIsRefused() {
        assertThat(problems("crowdlab.retention: forever"))
                .containsExactly(
                        "crowdlab.retention: 'forever' cannot be used here; see the settings in configuration.md");
    }

    @Test
    void emptyGroupsOfSettingsAreRefused() {
        assertThat(problems("crowdlab.datasets.d:"))
                .containsExactly("crowdlab.datasets.d: is empty; put settings below it or remove it");
    }

    @Test
    void severalProblemsAreNamedAtOnce() {
        assertThat(problems("""
                crowdlab:
                  threads: 0
                  source: {username: me}
                  retention: {runs: none, grace: soon}
                  datasets:
                    bad name: {quality-method: crowdlab}
                    a: {quality-method: best, classes: [x, x], consensus-methods: [vote, mode]}
                    b: {adjust-predictions: perhaps, predictions-query: select 1}
                """))
                .extracting(problem -> problem.replaceFirst(": .*", ""))
                .containsExactlyInAnyOrder(
                        "crowdlab.datasets",
                        "crowdlab.datasets.a.classes[1]",
                        "crowdlab.datasets.a.consensus-methods[0]",
                        "crowdlab.datasets.a.consensus-methods[1]",
                        "crowdlab.datasets.a.quality-method",
                        "crowdlab.datasets.b.adjust-predictions",
                        "crowdlab.datasets.b.annotations-query",
                        "crowdlab.retention.grace",
                        "crowdlab.retention.runs",
                        "crowdlab.source.url",
                        "crowdlab.threads");
    }

    @Test
    void problemsCannotBeChanged() {
        List<String> problems = problems("crowdlab.threads: 0");
        assertThatThrownBy(problems::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anAcknowledgementNamesAFindingADateAndAReason() {
        assertThat(problems("""
                        crowdlab.datasets.d.acknowledged:
                          UNANIMITY_OVERULED: until 2027-01-01, known
                          CLASS_ORDER: until 2027-02-30, known
                          NO_AGREEMENT: known
                          ROW_COUNTS: until 2027-01-01,
                          MODELS_AT_FLOOR: until 2027-01-01, known
                        """))
                .containsExactlyInAnyOrder(
                        "crowdlab.datasets.d.acknowledged.UNANIMITY_OVERULED: there is no such finding; did you mean"
                                + " UNANIMITY_OVERRULED?",
                        "crowdlab.datasets.d.acknowledged.CLASS_ORDER: '2027-02-30' is not a date such as 2027-01-31; write"
                                + " 'until 2027-01-31, ' and the reason",
                        "crowdlab.datasets.d.acknowledged.NO_AGREEMENT: 'known' does not say until when and why; write"
                                + " 'until 2027-01-31, ' and the reason",
                        "crowdlab.datasets.d.acknowledged.ROW_COUNTS: 'until 2027-01-01,' does not say until when and why;"
                                + " write 'until 2027-01-31, ' and the reason");
    }
}
