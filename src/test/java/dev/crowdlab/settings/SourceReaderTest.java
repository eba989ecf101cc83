package dev.crowdlab.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.crowdlab.dataset.rejection.IncompletePrediction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Settings of datasets that name a labeling tool as their source, read without Spring Boot. */
class SourceReaderTest {

    private static final Map<String, String> COMPLETE =
            Map.of("source", "label-studio", "project", "12", "from-name", "mood", "classes", "a, b");

    private static Settings read(String prefix, Map<String, String> settings) {
        Map<String, String> properties = new TreeMap<>();
        settings.forEach((key, value) -> properties.put(prefix + key, value));
        return SettingsReader.read(properties);
    }

    private static DatasetSettings read(Map<String, String> more) {
        Map<String, String> settings = new TreeMap<>(COMPLETE);
        settings.putAll(more);
        return read("crowdlab.datasets.d.", settings).datasets().get("d");
    }

    private static List<String> problems(Map<String, String> more) {
        return problems(() -> read(more));
    }

    private static List<String> problems(ThrowingCallable reading) {
        return catchThrowable(reading).getMessage().lines().map(String::strip).toList();
    }

    private static Map<String, String> without(String key) {
        Map<String, String> settings = new TreeMap<>(COMPLETE);
        settings.remove(key);
        return settings;
    }

    private static List<String> problemsWithout(String key) {
        return problems(() -> read("crowdlab.datasets.d.", without(key)));
    }

    @Test
    void unscoredPredictionsBecomeAnnotationsOfMachines() {
        DatasetSettings dataset = read(Map.of("annotator", "id", "unscored-predictions", "machines"));
        assertThat(dataset.annotationsQuery())
                .contains("c.completed_by_id::text as annotator_id", "'human' as annotator_kind", "'machine'");
        assertThat(dataset.predictionsQuery()).endsWith("where m.probability is not null");
        assertThat(problems(
                        Map.of("unscored-predictions", "machines", "stop.at", "0.9", "consensus-methods", "committee")))
                .containsExactly(
                        "crowdlab.datasets.d.unscored-predictions: cannot be combined with the settings of stop, which"
                                + " count labels of people; leave one of them out");
        assertThat(problems(Map.of("unscored-predictions", "people")))
                .containsExactly("crowdlab.datasets.d.unscored-predictions: 'people' is not one of reject, machines");
    }

    @Test
    void itBecomesOrdinaryQueries() {
        DatasetSettings dataset = read(Map.of("annotator", "id", "schema", "tool", "model-versions", "v1, it's"));
        assertThat(dataset.annotationsQuery())
                .contains("c.completed_by_id as annotator_id", "from \"tool\".task_completion c", "t.project_id = 12")
                .contains("jsonb_build_object('name', 'mood'::text)")
                .doesNotContain("htx_user");
        assertThat(dataset.predictionsQuery())
                .contains("coalesce(nullif(p.model_version, ''), 'default') in ('v1', 'it''s')");
        assertThat(dataset.goldQuery()).contains("and c.ground_truth");
        assertThat(dataset.gold()).returns(false, GoldSettings::isExpected).returns(false, GoldSettings::isUsed);
        assertThat(dataset.inputRules().incompletePrediction()).isEqualTo(IncompletePrediction.SPREAD);
        assertThat(dataset.isBuiltIn()).isFalse();
    }

    @Test
    void queriesForPredictionsAndGoldTakeThePlaceOfItsOwn() {
        DatasetSettings dataset =
                read(Map.of("predictions-query", "select p", "gold-query", "select g", "use-gold", "true"));
        assertThat(dataset.predictionsQuery()).isEqualTo("select p");
        assertThat(dataset.gold()).isEqualTo(new GoldSettings("select g", true, true));
        assertThat(dataset.annotationsQuery()).contains("task_completion");
    }

    @Test
    void whatIsMissingIsToldInOneSentence() {
        assertThat(problemsWithout("project"))
                .containsExactly(
                        "crowdlab.datasets.d.project: is missing; give the number of the project, as in the address of its"
                                + " page");
        assertThat(problemsWithout("from-name"))
                .containsExactly(
                        "crowdlab.datasets.d.from-name: is missing; give the name of the question in the project's"
                                + " labeling configuration");
        assertThat(problemsWithout("classes"))
                .containsExactly(
                        "crowdlab.datasets.d.classes: is missing, which source needs, since an annotation with several"
                                + " choices would become a class of its own; list the choices");
        assertThat(problemsWithout("source"))
                .containsExactly(
                        "crowdlab.datasets.d.project: belongs to a source, and there is none; add source: label-studio, or remove"
                                + " project",
                        "crowdlab.datasets.d.from-name: belongs to a source, and there is none; add source: label-studio, or"
                                + " remove from-name");
    }

    @Test
    void whatCannotBeUsedIsToldInOneSentence() {
        for (String number : List.of("0", "-1", "1.5", "12 or true", "9223372036854775808", "")) {
            assertThat(problems(Map.of("project", number)))
                    .containsExactly("crowdlab.datasets.d.project: '" + number
                            + "' is not a whole number from 1 to 9223372036854775807");
        }
        assertThat(problems(Map.of("source", "labelstudio")))
                .containsExactly(
                        "crowdlab.datasets.d.source: 'labelstudio' is not known; write label-studio, or leave it out and"
                                + " give an annotations-query");
        assertThat(problems(Map.of("annotator", "name")))
                .containsExactly("crowdlab.datasets.d.annotator: 'name' is not one of email, id");
        assertThat(problems(Map.of("from-name", "a\0b")))
                .containsExactly(
                        "crowdlab.datasets.d.from-name: contains the character U+0000, which PostgreSQL does not take;"
                                + " remove it");
        assertThat(problems(Map.of("schema", " ")))
                .containsExactly("crowdlab.datasets.d.schema: is empty; give a name or leave the setting out");
        assertThat(problems(Map.of("annotations-query", "select 1")))
                .containsExactly(
                        "crowdlab.datasets.d.annotations-query: cannot be combined with source, which reads the annotations"
                                + " itself; remove one of them");
        assertThat(problems(Map.of("annotations-table", "lake.votes")))
                .containsExactly(
                        "crowdlab.datasets.d.source: cannot be combined with a table, since a dataset has one source; remove one of them");
    }

    @Test
    void aTemplateGivesEachProjectItsNumber() {
        Map<String, String> template = new TreeMap<>();
        without("project").forEach((key, value) -> template.put("dataset." + key, value));
        template.put("projects.moods", "7");
        Settings settings = read("crowdlab.templates.t.", template);
        assertThat(settings.datasets().get("moods").annotationsQuery()).contains("t.project_id = 7 ");
        template.put("dataset.project", "12");
        assertThat(problems(() -> read("crowdlab.templates.t.", template)))
                .containsExactly(
                        "crowdlab.templates.t.dataset.project: is '12', so every project would have the same rows; write"
                                + " '{{project}}', or leave it out");
        template.remove("dataset.project");
        template.put("projects.moods", "seven");
        assertThat(problems(() -> read("crowdlab.templates.t.", template)))
                .containsExactly("crowdlab.templates.t.dataset.project: 'seven' is not a whole number from 1 to"
                        + " 9223372036854775807");
    }
}
