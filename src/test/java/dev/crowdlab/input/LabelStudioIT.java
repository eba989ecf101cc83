package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.settings.DatasetSettings;
import dev.crowdlab.settings.SettingsReader;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets whose rows are read from the tables of Label Studio. */
class LabelStudioIT {

    private static final String SENTIMENT = """
            crowdlab.datasets.sentiment:
              source: label-studio
              project: 12
              from-name: sentiment
              classes: [negative, neutral, positive]
              checks: {max-rejected-share: 0.1}
            """;

    private static final String SPAM = """
            crowdlab.datasets.spam:
              source: label-studio
              project: 13
              from-name: it's spam\\
              annotator: id
              classes: ['no', 'yes']
            """;

    private static final String PLAIN = """
            crowdlab.datasets.plain:
              source: label-studio
              project: 14
              from-name: kind
              classes: [x, y]
              quality-method: agreement
            """;

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException, IOException {
        warehouse = Warehouse.with();
        LabelStudioTables.fill(warehouse);
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private Result call(String settings, String... words) throws IOException {
        Path file = Files.writeString(directory.resolve("projects.yml"), settings);
        return warehouse
                .program()
                .with("spring.config.additional-location", file.toString())
                .call(words);
    }

    private void run(String settings, String... more) throws IOException {
        String[] words = new String[more.length + 1];
        words[0] = "run";
        System.arraycopy(more, 0, words, 1, more.length);
        Result run = call(settings, words);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private List<String> rejected(String source) throws SQLException {
        return warehouse.column("""
                select concat_ws(' ', r.reason, r.example_id, r.model, r.annotator_id, r.label, '(' || r.detail || ')')
                from crowdlab.rejected_row r
                join crowdlab.run using (run_id)
                where dataset = 'sentiment' and source = '%s'
                order by r.example_id, r.reason, r.model, r.label""".formatted(source));
    }

    @Test
    void threeProjectsAreAnalyzed() throws SQLException, IOException {
        run(SENTIMENT + SPAM + PLAIN);
        assertThat(warehouse.column("""
                select dataset || ' ' || num_examples || ' ' || num_annotations || ' ' || num_annotators
                from crowdlab_bi.run_history order by dataset""")).containsExactly("plain 30 90 4", "sentiment 63 183 4", "spam 30 90 4");
        assertThat(warehouse.column(
                        "select dataset || ' ' || annotator_id from crowdlab_bi.annotator_stats order by 1"))
                .contains("plain ann@example.org", "sentiment dee@example.org", "spam 1", "spam 4")
                .hasSize(12);
        assertThat(warehouse.column("select dataset || ' ' || model from crowdlab_bi.run_models order by 1"))
                .containsExactly("sentiment v1", "sentiment v2", "spam default");
        assertThat(warehouse.column("""
                select count(*) filter (where consensus_label = helper.truth(example_id::int)) || ' of ' || count(*)
                from crowdlab_bi.label_quality where dataset = 'sentiment' and example_id < '19'""")).containsExactly("60 of 60");
        assertThat(warehouse.column("""
                select count(*) from crowdlab_bi.label_quality
                where dataset = 'spam' and (consensus_label = 'yes') = (example_id::int % 2 = 0)""")).containsExactly("30");
        assertThat(warehouse.column("""
                select dataset || ' ' || severity || ' ' || message from crowdlab.run_check join crowdlab.run using (run_id)
                where code = 'GOLD_ACCURACY' order by 1"""))
                .containsExactly(
                        "plain INFO No analyzed example has a usable gold label; no annotation is marked as ground truth.",
                        "sentiment INFO 30 of 30 gold labels equal the published label (100.00 %, 90 % interval from 91.73 to"
                                + " 100.00 %).",
                        "spam INFO No analyzed example has a usable gold label; no annotation is marked as ground truth.");
        run(SENTIMENT + SPAM + PLAIN);
        assertThat(warehouse.statuses())
                .containsExactly("PUBLISHED", "PUBLISHED", "PUBLISHED", "SKIPPED", "SKIPPED", "SKIPPED");
    }

    @Test
    @Tag("slow")
    void theScoreOfTheAnswerComesBeforeThatOfThePrediction() throws SQLException, IOException {
        run(SENTIMENT, "--crowdlab.datasets.sentiment.model-versions=v2");
        assertThat(warehouse.column("select model from crowdlab_bi.run_models")).containsExactly("v2");
        assertThat(warehouse.column("""
                select distinct (model_label = helper.truth(example_id::int + example_id::int % 7 / 6)) || ' ' || round(model_probability::numeric, 6)
                from crowdlab_bi.label_quality""")).containsExactly("true 0.900000");
    }

    @Test
    void predictionsWithoutAScoreAreLabelsOfMachinesWhereTheyAreWanted() throws SQLException, IOException {
        warehouse.execute(
                "update public.prediction set score = null, result = jsonb_build_array("
                        + "helper.item('sentiment', array[helper.truth(task_id + task_id % 7 / 6)])) where model_version = 'v2'");
        assertThat(call(SENTIMENT, "run").exitCode()).isEqualTo(3);
        run(SENTIMENT + "  unscored-predictions: machines\n");
        assertThat(warehouse.column("select annotator_id || ' ' || status from crowdlab_bi.machine_stats order by 1"))
                .containsExactly("v2 USED");
        assertThat(warehouse.column("select model from crowdlab_bi.run_models")).containsExactly("v1");
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.annotator_stats order by 1"))
                .hasSize(4)
                .allMatch(id -> id.endsWith("@example.org"));
        assertThat(warehouse.column("""
                select count(*) filter (where label_source = 'MIXED') || ' of ' || count(*)
                from crowdlab_bi.label_quality where example_id < '19'""")).containsExactly("60 of 60");
        assertThat(warehouse.column("select reason || ' ' || num_rows from crowdlab_bi.rejected_rows"
                        + " where source = 'prediction' order by 1"))
                .containsExactly("BAD_PROBABILITY 1", "UNKNOWN_LABEL 2");
        run(
                SENTIMENT
                        + "  unscored-predictions: machines\n  annotator: id\n  model-versions: [v2]\n  quality-method: agreement\n");
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.machine_stats"))
                .containsExactly("v2");
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.annotator_stats order by 1"))
                .contains("1", "2", "3", "4")
                .doesNotContain("v2");
    }

    @Test
    void annotatorsAreMeasuredAgainstGroundTruth() throws SQLException, IOException {
        run(SENTIMENT);
        assertThat(warehouse.column("""
                with known as (
                    select u.email, count(*) as n, avg((c.result -> 1 -> 'value' -> 'choices' ->> 0 = helper.truth(c.task_id))::int) as share
                    from public.task_completion c
                    join public.htx_user u on u.id = c.completed_by_id
                    where c.project_id = 12 and c.task_id < 1900 and c.task_id % 2 = 0 and not c.ground_truth
                    group by u.email)
                select count(*) filter (where num_gold = n and abs(gold_accuracy - share) < 1e-12) || ' of ' || count(*)
                from crowdlab_bi.annotator_stats
                full join known on email = annotator_id""")).containsExactly("4 of 4");
    }

    @Test
    void whatDoesNotFitIsRejectedWithAReason() throws SQLException, IOException {
        run(SENTIMENT);
        assertThat(rejected("annotation"))
                .containsExactly(
                        "UNKNOWN_LABEL 1901 ann@example.org [\"positive\", \"negative\"] (label '[\"positive\", \"negative\"]' is"
                                + " a list of several labels, and one is expected)",
                        "MISSING_LABEL 1902 ann@example.org (label is null)",
                        "MISSING_LABEL 1903 ann@example.org (label is null)",
                        "MISSING_LABEL 1904 ann@example.org (label is null)",
                        "MISSING_LABEL 1905 ann@example.org (label is null)",
                        "MISSING_LABEL 1906 ann@example.org (label is null)",
                        "UNKNOWN_LABEL 1907 ann@example.org angry (label 'angry' is not one of the dataset's classes)",
                        "MISSING_ID 1908 positive (annotator_id is null)",
                        "MISSING_ID 1909  positive (annotator_id is empty)",
                        "SUPERSEDED_ANNOTATION 1911 ann@example.org negative (another annotated_at of this annotator and example"
                                + " decides)",
                        "NO_PREDICTION 1913 v1 ann@example.org neutral (the example has no usable prediction of model"
                                + " 'v1')",
                        "NO_PREDICTION 1914 v1 ann@example.org neutral (the example has no usable prediction of model"
                                + " 'v1')",
                        "NO_PREDICTION 1915 v1 ann@example.org neutral (the example has no usable prediction of model"
                                + " 'v1')",
                        "NO_PREDICTION 1916 v1 ann@example.org neutral (the example has no usable prediction of model"
                                + " 'v1')",
                        "UNKNOWN_LABEL 1917 ann@example.org [\"neutral\", \"neutral\"] (label '[\"neutral\", \"neutral\"]' is a list"
                                + " of several labels, and one is expected)");
        assertThat(rejected("prediction"))
                .containsExactly(
                        "UNKNOWN_LABEL 1913 v1 [\"neutral\", \"positive\"] (label '[\"neutral\", \"positive\"]' is a list of several"
                                + " labels, and one is expected)",
                        "BAD_PROBABILITY 1914 v1 neutral (probability of class 'neutral' is null, not between 0 and 1)",
                        "BAD_PROBABILITY 1915 v1 neutral (probability of class 'neutral' is 1.5, not between 0 and 1)",
                        "UNKNOWN_LABEL 1916 v1 angry (label 'angry' is not one of the dataset's classes)");
        assertThat(rejected("gold"))
                .containsExactly(
                        "CONFLICTING_GOLD 1001 neutral (the example has more than one gold label)",
                        "CONFLICTING_GOLD 1001 positive (the example has more than one gold label)",
                        "UNKNOWN_LABEL 1003 [\"neutral\", \"positive\"] (label '[\"neutral\", \"positive\"]' is a list of several"
                                + " labels, and one is expected)",
                        "MISSING_LABEL 1005 (label is null)",
                        "NOT_ANNOTATED 1919 neutral (the example has no annotation that could be analyzed)");
    }

    @Test
    void aPastMomentSeesWhatWasThereThen() throws SQLException, IOException {
        run(PLAIN, "--dataset", "plain", "--as-of", "2026-01-01T10:00");
        assertThat(warehouse.column(
                        "select count(distinct example_id) || ' ' || count(*) from crowdlab_bi.detailed_label_quality"))
                .isEqualTo(
                        warehouse.column("select count(distinct task_id) || ' ' || count(*) from public.task_completion"
                                + " where project_id = 14 and created_at <= '2026-01-01 10:00Z'"))
                .doesNotContain("30 90");
    }

    @Test
    @Tag("slow")
    void aTemplateMakesADatasetOfEachProject() throws SQLException, IOException {
        warehouse.execute(
                "update public.task_completion set result = replace(result::text, 'it''s spam\\\\', 'sentiment')::jsonb");
        run("""
                crowdlab.templates.tool:
                  projects: {a: 12, b: 13}
                  dataset:
                    source: label-studio
                    project: '{{project}}'
                    from-name: sentiment
                    classes: [negative, neutral, positive, 'no', 'yes']
                    predictions-query: select distinct task_id as example_id, 'no' as label, 0.5 as probability from public.prediction where {{project}} = project_id and model_version = 'v1'
                    quality-method: agreement
                    checks: {max-rejected-share: 0.5}
                """);
        assertThat(warehouse.column("select dataset || ' ' || num_annotations from crowdlab_bi.run_history order by 1"))
                .containsExactly("a 187", "b 90");
    }

    @Test
    void tablesOfAnotherSchemaAreFoundThere() throws SQLException, IOException {
        warehouse.execute(
                "create schema \"the \"\"tool\"\"\"",
                "alter table public.task set schema \"the \"\"tool\"\"\"",
                "alter table public.task_completion set schema \"the \"\"tool\"\"\"",
                "alter table public.prediction set schema \"the \"\"tool\"\"\"",
                "alter table public.htx_user set schema \"the \"\"tool\"\"\"");
        run(PLAIN + "  schema: the \"tool\"\n");
        assertThat(warehouse.column("select num_annotations from crowdlab_bi.run_history"))
                .containsExactly("90");
    }

    @Test
    @Tag("slow")
    void aNameCannotLeaveItsQuotes() throws SQLException, IOException {
        warehouse.execute("alter database \"" + warehouse.value("select current_database()")
                + "\" set standard_conforming_strings = off");
        String name = "\\' or 1=1; drop table public.task; -- \"$x\" {fn y} ? 日本";
        warehouse.execute("update public.task_completion set result = jsonb_set(result, '{0,from_name}', to_jsonb(E'"
                + name.replace("\\", "\\\\").replace("'", "''") + "'::text)) where project_id = 14");
        run(PLAIN.replace("from-name: kind", "from-name: '" + name.replace("'", "''") + "'"));
        assertThat(warehouse.column("select num_annotations from crowdlab_bi.run_history"))
                .containsExactly("90");
    }

    /** As the program for Spark reads them. */
    @Test
    void thePartsOfEachQueryAreTheWhole() throws SQLException {
        DatasetSettings dataset = SettingsReader.read(Map.of(
                        "crowdlab.datasets.sentiment.source", "label-studio",
                        "crowdlab.datasets.sentiment.project", "12",
                        "crowdlab.datasets.sentiment.from-name", "sentiment",
                        "crowdlab.datasets.sentiment.classes", "negative, neutral, positive"))
                .datasets()
                .get("sentiment");
        for (String query : List.of(dataset.annotationsQuery(), dataset.predictionsQuery(), dataset.goldQuery())) {
            List<String> parts = new ArrayList<>();
            for (int part = 0; part < 3; part++) {
                List<String> rows = rows(CopyText.query(CopyText.part(CopyText.copy(query), part, 3)));
                assertThat(rows).isNotEmpty();
                parts.addAll(rows);
            }
            assertThat(parts).containsExactlyInAnyOrderElementsOf(rows(query));
        }
    }

    private List<String> rows(String query) throws SQLException {
        try (Connection connection = warehouse.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set crowdlab.as_of = '2026-06-01Z'");
            List<String> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery("select q::text from (" + query + ") q")) {
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
            return rows;
        }
    }

    @Test
    void validateCountsTheRowsAndRunsNothing() throws SQLException, IOException {
        Result validate = call(SENTIMENT + SPAM + PLAIN, "validate");
        assertThat(validate.exitCode()).as(validate.out() + validate.err()).isZero();
        assertThat(validate.out()).contains("sentiment", "spam", "plain");
        assertThat(warehouse.column("select run_id from crowdlab.run")).isEmpty();
    }

    @Test
    void configShowsTheQueriesOfEachProjectOfATemplate() throws IOException {
        Result config = call("""
                crowdlab.templates.tool:
                  projects: {a: 12, B_2: 13}
                  dataset:
                    source: label-studio
                    from-name: sentiment
                    classes: [negative, neutral, positive]
                    gold-query: select {{project}}
                crowdlab.templates.plain:
                  projects: {c: 14}
                  dataset:
                    annotations-query: select {{project}}
                """, "config");
        assertThat(config.exitCode()).as(config.err()).isZero();
        for (String project : List.of("a", "B_2")) {
            assertThat(config.out())
                    .containsPattern(
                            "crowdlab\\.datasets\\." + project + "\\.annotations-query +source: label-studio, of"
                                    + " template tool +select c.task_id as example_id, u.email as .*= "
                                    + (project.equals("a") ? 12 : 13))
                    .containsPattern("crowdlab\\.datasets\\." + project
                            + "\\.on-incomplete-prediction +source: label-studio, of template tool +spread")
                    .containsPattern("crowdlab\\.datasets\\." + project
                            + "\\.gold-query +\\S*projects.yml, line 7, of template tool +select '"
                            + (project.equals("a") ? 12 : 13) + "'");
        }
        assertThat(config.out())
                .contains("crowdlab.templates.plain.dataset.annotations-query")
                .doesNotContain("datasets.c");
    }

    @Test
    void configShowsTheQueries() throws IOException {
        Result config = call(SENTIMENT + "  gold-query: select 1\n", "config");
        assertThat(config.exitCode()).as(config.err()).isZero();
        assertThat(config.out())
                .containsPattern(
                        "sentiment.annotations-query +source: label-studio +select c.task_id as example_id, u.email as")
                .containsPattern("sentiment.predictions-query +source: label-studio +select distinct on")
                .containsPattern("sentiment.on-incomplete-prediction +source: label-studio +spread")
                .containsPattern("sentiment.gold-query +\\S*projects.yml, line 7 +select 1")
                .containsPattern("sentiment.project +\\S*projects.yml, line 3 +12");
        assertThat(call(SENTIMENT + "  on-incomplete-prediction: reject\n", "config")
                        .out())
                .containsPattern("sentiment.on-incomplete-prediction +\\S*projects.yml, line 7 +reject");
    }

    @Test
    void whatCannotBeUsedStopsEveryCommand() throws IOException, SQLException {
        Result run = call(SENTIMENT.replace("project: 12", "project: twelve"), "run");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualToIgnoringNewLines(
                        "crowdlab.datasets.sentiment.project: 'twelve' is not a whole number from 1 to"
                                + " 9223372036854775807 (projects.yml, line 3)");
        assertThat(call(SENTIMENT.replace("from-name: sentiment", "from-name: on"), "run")
                        .err())
                .contains("from-name: YAML does not read on as it is written; quote it to keep its spelling");
        assertThat(warehouse.column("select run_id from crowdlab.run")).isEmpty();
    }
}
