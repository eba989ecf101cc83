package dev.crowdlab.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.settings.Settings;
import dev.crowdlab.settings.SettingsReader;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets that a template makes. */
class TemplatesIT {

    private static final String SETTINGS = """
            crowdlab.templates.tool:
              projects: {apples: fruit, My_Nuts: nuts}
              dataset:
                annotations-query: select example_id, annotator_id, label from crowdlab.annotation where dataset = {{project}}
                predictions-query: file:predictions.sql
                timeout: 1h
            """;

    private static final String EXAMPLES = """
                example-url: https://labels.example/{{project}}/{example_id}
                example-text-query: select example_id, 'a text of ' || {{project}} as text from crowdlab.annotation
            """;

    @TempDir
    private Path directory;

    private Result call(Warehouse warehouse, String settings, String... words) throws Exception {
        Path file = Files.writeString(directory.resolve("templates.yml"), settings);
        Files.writeString(
                directory.resolve("predictions.sql"),
                "select example_id, label, probability from crowdlab.prediction where {{project}} = dataset");
        return warehouse
                .program()
                .with("spring.config.additional-location", file.toString())
                .call(words);
    }

    @Test
    void eachProjectIsADatasetOfItsOwn() throws Exception {
        try (Warehouse warehouse = Warehouse.with("fruit", "nuts")) {
            warehouse.relabel("nuts", "e3", "green");
            Result run = call(warehouse, SETTINGS, "run", "--dataset", "apples", "--dataset", "My_Nuts");
            assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
            assertThat(warehouse.column("select dataset || ' ' || consensus_label from crowdlab_bi.label_quality"
                            + " where example_id = 'e3' order by 1"))
                    .containsExactlyInAnyOrder("My_Nuts green", "apples blue");
            assertThat(warehouse.column(
                            "select settings ->> 'predictions_query' from crowdlab.run where dataset = 'My_Nuts'"))
                    .containsExactly(
                            "select example_id, label, probability from crowdlab.prediction where 'nuts' = dataset");
            Path report = directory.resolve("report.html");
            assertThat(call(
                                    warehouse,
                                    SETTINGS + EXAMPLES,
                                    "report",
                                    "--dataset",
                                    "My_Nuts",
                                    "--out",
                                    report.toString())
                            .exitCode())
                    .isZero();
            assertThat(report).content().contains("href=\"https://labels.example/nuts/e3\"", "a text of nuts");
            Result config = call(warehouse, SETTINGS, "config");
            assertThat(config.exitCode()).as(config.err()).isZero();
            assertThat(config.out())
                    .containsPattern("crowdlab.templates.tool.dataset.timeout +\\S*templates.yml, line 6 +1h\\R")
                    .doesNotContain("crowdlab.datasets.apples");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x' or 'a' = 'a", "a\\", "a\"b", "$$x$$", "a;b", "a\u2019b", "(select 1)"})
    void aValueCannotLeaveItsQuotes(String value) throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            String yaml = SETTINGS.replace("apples: fruit", "apples: '" + value.replace("'", "''") + "'");
            Result run = call(warehouse, yaml, "run");
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().lines())
                    .containsExactly(
                            "crowdlab.templates.tool.projects.apples: '" + value
                                    + "' cannot stand for a project; give letters, digits, blanks and _ . : / @ - (templates.yml, line 2)");
        }
    }

    @Test
    void whatCannotBeMeantIsToldOnce() throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            assertThat(call(warehouse, SETTINGS.replace("{{project}}", "'{{project}}'"), "run")
                            .err())
                    .contains("annotations-query: has {{project}} next to a quote or a letter; write it alone")
                    .hasLineCount(1);
            assertThat(call(warehouse, SETTINGS.replace("{{project}}", "'fruit'"), "run")
                            .err())
                    .contains("annotations-query: does not contain {{project}}; every project would have the same rows")
                    .hasLineCount(1);
            assertThat(call(warehouse, SETTINGS.replace("1h", "long"), "run").err())
                    .contains("crowdlab.templates.tool.dataset.timeout: 'long' is not a duration")
                    .hasLineCount(1);
            assertThat(call(warehouse, SETTINGS + "crowdlab.datasets.mynuts.timeout: 2h\n", "run")
                            .err())
                    .contains("crowdlab.templates.tool.projects.My_Nuts: another dataset has the same name")
                    .hasLineCount(1);
            assertThat(call(warehouse, SETTINGS.replace("My_Nuts: nuts", "'n ts': 010"), "run")
                            .err())
                    .contains("projects.n ts: YAML does not read 010 as it is written")
                    .contains("crowdlab.templates.tool.projects: ")
                    .contains("'n ts'");
            assertThat(call(warehouse, "crowdlab.templates.tool.projects: {a: 1}\n", "run")
                            .err())
                    .contains("crowdlab.templates.tool: needs projects, such as {sentiment: 12}, and dataset")
                    .hasLineCount(1);
            assertThat(call(warehouse, SETTINGS.replace("timeout", "timeot"), "run")
                            .err())
                    .contains("crowdlab.templates.tool.dataset.timeot: there is no such setting; did you mean"
                            + " crowdlab.templates.tool.dataset.timeout?")
                    .hasLineCount(1);
        }
    }

    @Test
    void programsWithoutSpringBootReadThemToo() {
        Settings settings = SettingsReader.read(Map.of(
                "crowdlab.templates.tool.projects.My_Nuts",
                "nuts",
                "crowdlab.templates.tool.dataset.annotations-query",
                "select {{project}}",
                "crowdlab.templates.tool.dataset.classes",
                "a, b"));
        assertThat(settings.datasets().get("My_Nuts"))
                .returns("select 'nuts'", dataset -> dataset.annotationsQuery())
                .returns("My_Nuts", dataset -> dataset.name());
    }
}
