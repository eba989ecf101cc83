package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.InvalidSettingsException;
import dev.crowdlab.settings.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set arrives as it is written, or is refused by name. */
class SettingsAsWrittenTest {

    private final SettingSources sources = new SettingSources();

    private List<String> problems() {
        return ConfigurationReader.examine(sources.environment()).problems();
    }

    private DatasetSettings dataset() {
        return ConfigurationReader.read(sources.environment()).datasets().get("d");
    }

    private List<String> classes() {
        return dataset().inputRules().classes();
    }

    @Test
    void textsInJsonArriveAsWritten() {
        sources.variable("SPRING_APPLICATION_JSON", """
                { "crowdlab": { "datasets": { "d": {
                  "annotations-query": "select 'a]}' as x,\\n 1",
                  "classes": [ "a" , "b\\"{", "k[l", "a]", "\\u00e9", "010", 1.10, true ] } } } }""");
        assertThat(classes()).containsExactly("a", "b\"{", "k[l", "a]", "é", "010", "1.10", "true");
        assertThat(dataset().annotationsQuery()).isEqualTo("select 'a]}' as x,\n 1");
    }

    @Test
    void jsonGoesBeforeTheEnvironmentAndFlagsBeforeJson() {
        sources.flag("spring.application.json", "{\"crowdlab\": {\"threads\": 3, \"retention\": {\"runs\": 5}}}")
                .variable("CROWDLAB_THREADS", "4")
                .flag("crowdlab.retention.runs", "6");
        Settings settings = ConfigurationReader.read(sources.environment());
        assertThat(settings.engine().threads()).isEqualTo(3);
        assertThat(settings.retention().runs()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"crowdlab\": {\"threads\": \"s3cret",
                "{\"crowdlab\": {\"threads\": 2}} s3cret",
                "{\"crowdlab\": {\"threads\": 2}} {}",
                "{\"crowdlab\": {\"s3cret\": 2, \"s3cret\": 3}}",
                "{crowdlab: s3cret}",
                "[\"s3cret\"]"
            })
    void brokenJsonIsRefusedWithoutAWordOfIt(String json) {
        sources.property("spring.application.json", json);
        assertThatThrownBy(sources::environment)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageMatching(
                        "spring\\.application\\.json: (cannot be read as JSON: there is a mistake at line 1,"
                                + " column \\d+; look for .*|is not a JSON object; give .*)")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void numbersThatYamlSpellsAnewAreRefusedAsClasses() {
        sources.yaml("crowdlab.datasets.d.classes: [010, 1:30, 0x1F, 1_000, 0b1, 0, 12, '007']");
        assertThat(problems())
                .containsExactly(
                        "crowdlab.datasets.d.classes[0]: YAML does not read 010 as it is written; quote it to keep its spelling",
                        "crowdlab.datasets.d.classes[1]: YAML does not read 1:30 as it is written; quote it to keep its spelling",
                        "crowdlab.datasets.d.classes[2]: YAML does not read 0x1F as it is written; quote it to keep its spelling",
                        "crowdlab.datasets.d.classes[3]: YAML does not read 1_000 as it is written; quote it to keep its spelling",
                        "crowdlab.datasets.d.classes[4]: YAML does not read 0b1 as it is written; quote it to keep its spelling");
        sources.yaml("crowdlab.datasets.d.classes: [0, 12, -3, '007', \"1:30\", 2026-01-01]");
        assertThat(classes()).containsExactly("0", "12", "-3", "007", "1:30", "2026-01-01");
    }

    @Test
    void noClassIsNothing() {
        sources.yaml("crowdlab.datasets.d.classes: [~, a, b]");
        assertThat(problems()).containsExactly("crowdlab.datasets.d.classes[0]: is empty; every class needs a name");
    }

    @Test
    void namesAndPasswordsThatYamlSpellsAnewAreRefused() {
        sources.yaml("""
                spring: {datasource: {password: 0123}}
                crowdlab:
                  source: {url: 'jdbc:postgresql:a', username: yes, password: 1_2}
                  datasets:
                    010: {quality-method: agreement}
                """);
        assertThat(problems())
                .containsExactly(
                        "spring.datasource.password: YAML does not read it as it is written; quote it",
                        "crowdlab.source.username: YAML does not read it as it is written; quote it",
                        "crowdlab.source.password: YAML does not read it as it is written; quote it",
                        "crowdlab.datasets: YAML does not read the name 010 as it is written; quote it to keep its"
                                + " spelling");
    }

    @Test
    void referencesToWhatIsNotSetAreErrorsWhereverTheyAre() {
        sources.yaml("""
                crowdlab:
                  source: {url: 'jdbc:postgresql:a', password: "${LS_PASSWORD}"}
                  threads: "${THREADS:2}"
                  datasets:
                    d: {classes: ["${NOPE}", b, "${SET}"], annotations-query: "select '\\\\${text}'"}
                logging.file.name: ${LOGS}/night.log
                """).variable("SET", "set");
        assertThat(problems())
                .extracting(problem ->
                        problem.replaceFirst(", which is not set; set it in the environment, or write .*", ""))
                .containsExactlyInAnyOrder(
                        "crowdlab.source.password: refers to ${LS_PASSWORD}",
                        "crowdlab.datasets.d.classes[0]: refers to ${NOPE}",
                        "logging.file.name: refers to ${LOGS}");
        sources.variable("NOPE", "x").variable("LS_PASSWORD", "y").variable("LOGS", "z");
        assertThat(classes()).containsExactly("x", "b", "set");
        assertThat(dataset().annotationsQuery()).isEqualTo("select '${text}'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CROWDLAB_DATASETS_S_QUALTIYMETHOD | did you mean CROWDLAB_DATASETS_S_QUALITYMETHOD?
            CROWDLAB_RETENTON_RUNS            | did you mean CROWDLAB_RETENTION_RUNS?
            SPRING_DATASOURCE_URI             | did you mean SPRING_DATASOURCE_URL?
            SPRING_DATASOURC_URL              | did you mean SPRING_DATASOURCE_URL?
            SPRING_DATA_SOURCE_URL            | did you mean SPRING_DATASOURCE_URL?
            CROWLAB_THREADS                   | did you mean CROWDLAB_THREADS?
            CROWDLAB_HOME                     | correct its name or remove it
            """)
    void aMisspelledVariableIsRefused(String name, String advice) {
        sources.variable(name, "x");
        assertThat(problems()).containsExactly(name + ": there is no such setting; " + advice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CROWDLAB_BLOCKROWS",
                "CROWDLAB_BLOCK_ROWS",
                "CROWDLAB_RETENTION_MAXAGE",
                "CROWDLAB_DATASETS_S_CHECKS_MINEXAMPLES",
                "CROWDLAB_DATASETS_S_CLASSES_0",
                "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE",
                "SPRING_DATASOURCE_DRIVER_CLASS_NAME"
            })
    void variablesThatAreReadAreNotRefused(String name) {
        sources.variable(name, "7");
        assertThat(problems()).noneMatch(problem -> problem.contains("no such setting"));
    }

    @Test
    void aNameOfADatasetWithUnderscoresIsToldHowToBeWritten() {
        sources.variable("CROWDLAB_DATASETS_MY_SET_ANNOTATIONSQUERY", "select 1");
        assertThat(problems())
                .containsExactly("CROWDLAB_DATASETS_MY_SET_ANNOTATIONSQUERY: a dataset's name is written without _ in"
                        + " the environment, whatever it is in a file; write CROWDLAB_DATASETS_MYSET_ANNOTATIONSQUERY");
    }

    @Test
    void misspelledSectionsListsAndPropertiesAreNamedOnce() {
        sources.yaml("""
                spring.datasourc: {url: 'jdbc:postgresql:a', username: b}
                crowdlabs.threads: 2
                crowdlab.datasets.d.clases: [a, b, c]
                """).property("crowdlab.thraeds", "1").property("spring.datasource.ulr", "x");
        assertThat(problems())
                .containsExactly(
                        "crowdlab.datasets.d.clases: there is no such setting; did you mean crowdlab.datasets.d.classes?",
                        "crowdlab.thraeds: there is no such setting; did you mean crowdlab.threads?",
                        "crowdlabs: there is no such setting; did you mean crowdlab?",
                        "spring.datasourc: there is no such setting; did you mean spring.datasource?",
                        "spring.datasource.ulr: there is no such setting; did you mean spring.datasource.url?");
    }
}
