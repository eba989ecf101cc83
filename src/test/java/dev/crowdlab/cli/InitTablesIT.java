package dev.crowdlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.input.LabelStudioTables;
import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code init} proposes for tables of many kinds, which {@code validate} accepts and {@code run} publishes. */
class InitTablesIT {

    private static final String VOTES = """
            create table vote (task_id bigint, worker text, label text);
            insert into vote select e, 'w' || a, (array['blue', 'green'])[1 + (e + (a * e) % 7 / 6) % 2]
            from generate_series(1, 30) e, generate_series(1, 3) a""";

    private static final String COLORS = "blue,green";

    @TempDir
    private Path directory;

    /** What the file proposes, with a password of no importance. */
    private String proposed(Warehouse warehouse) throws Exception {
        Path file = directory.resolve("application.yml");
        Result result = warehouse.program().call("init", "--out", file.toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        String text = Files.readString(file);
        assertThat(text).matches("[ -~\\n]*");
        return text;
    }

    private Program program(Warehouse warehouse) {
        return warehouse.program().with("spring.config.additional-location", "file:" + directory + "/");
    }

    private void requireValid(Warehouse warehouse) {
        assertThat(program(warehouse).call(0, "validate")).contains("Datasets that can be run: 1.");
    }

    @ParameterizedTest
    @CsvSource({
        "item_ref, assessor, grade",
        "task_ref, grader_id, verdict",
        "external_ref, agent, rating",
        "ticket_ref, rater_ref, label",
        "review_id, rater, sentiment"
    })
    void otherWordsForTasksPeopleAndLabelsAreKnown(String example, String annotator, String label) throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute(
                    "create table judgement (" + example + " bigint, " + annotator + " text, " + label + " text)",
                    "insert into judgement values (1, 'w', 'a')");
            assertThat(proposed(warehouse)).contains(example + " as example_id", annotator + " as annotator_id");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            proba         | jsonb     | jsonb_build_object('blue', 0.3, 'green', 0.7)
            scores        | jsonb     | jsonb_build_array(0.3, 0.7)
            confidences   | json      | json_build_array(0.3, 0.7)
            """)
    void documentsAreReadWhetherObjectsOrArrays(String column, String type, String value) throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute(
                    VOTES,
                    "create table guess (task_id bigint, model_version text, " + column + " " + type + ")",
                    "insert into guess select e, m, " + value
                            + " from generate_series(1, 30) e, unnest('{m1,m2}'::text[]) m");
            assertThat(proposed(warehouse)).contains("from jsonb_each_text(case jsonb_typeof(t." + column + "::jsonb)");
            requireValid(warehouse);
            program(warehouse).with("crowdlab.datasets.vote.classes", COLORS).call(0, "run");
            assertThat(warehouse.value("select string_agg(model, ',' order by model) from crowdlab_bi.run_models"))
                    .isEqualTo("m1,m2");
            assertThat(warehouse.value("select num_rejected from crowdlab.run")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @CsvSource({"probs, float8", "scores, real", "class_probabilities, numeric"})
    void arraysNeedClassesFirst(String column, String type) throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute(
                    VOTES,
                    "create table guess (task_id bigint, " + column + " " + type + "[])",
                    "insert into guess select e, '{0.3,0.7}' from generate_series(1, 30) e");
            String text = proposed(warehouse);
            requireValid(warehouse);
            String classes = "# classes: [\"negative\", \"neutral\", \"positive\"]";
            String query = "      # predictions-query: |\n      #   select task_id as example_id, " + column
                    + " as probabilities\n      #   from public.guess\n";
            assertThat(text).contains(query, classes);
            Files.writeString(
                    directory.resolve("application.yml"),
                    text.replace(query, query.replace("      # ", "      "))
                            .replace(classes, "classes: [blue, green]"));
            requireValid(warehouse);
            program(warehouse).call(0, "run");
            assertThat(warehouse.value("select count(*) from crowdlab_bi.run_models"))
                    .isEqualTo("1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "label, probability",
        "class, proba",
        "predicted_label, confidence",
        "prediction, score",
        "top_label, top_score"
    })
    void theBestLabelWithItsScoreIsEnough(String label, String score) throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute(
                    VOTES,
                    "create table guess (task_id bigint, model text, " + label + " text, " + score + " numeric)",
                    "insert into guess select e, 'm', 'blue', 0.7 from generate_series(1, 30) e");
            String text = proposed(warehouse);
            assertThat(program(warehouse).call(2, "validate")).contains("set on-incomplete-prediction: spread");
            assertThat(text)
                    .contains(label + " as label, model as model, " + score
                            + " as probability\n        from public.guess\n")
                    .contains("      # on-incomplete-prediction: spread\n");
            Files.writeString(
                    directory.resolve("application.yml"),
                    text.replace("# on-incomplete-prediction", "on-incomplete-prediction"));
            requireValid(warehouse);
            program(warehouse).with("crowdlab.datasets.vote.classes", COLORS).call(0, "run");
            assertThat(warehouse.value("select num_rejected from crowdlab.run")).isEqualTo("0");
        }
    }

    @Test
    void rowsThatMayNotCountAreNamed() throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute(
                    VOTES,
                    "alter table vote add deleted_at timestamptz, add is_draft boolean not null default false,"
                            + " add status text default 'done', add project_id bigint default 1",
                    "update vote set status = 'open' where worker = 'w3'",
                    "create table guess (item_id bigint, project text, proba jsonb)");
            String text = proposed(warehouse);
            requireValid(warehouse);
            assertThat(text)
                    .contains(
                            "      # If some of its rows do not count, change the condition behind the dashes, and remove the dashes.\n"
                                    + "      annotations-query: |\n",
                            "        -- where deleted_at is null and not is_draft and status in ('done') and project_id = '1'\n",
                            "        -- where t.project = '1'\n");
            Files.writeString(directory.resolve("application.yml"), text.replace("-- where", "where"));
            requireValid(warehouse);
            assertThat(program(warehouse)
                            .with("crowdlab.datasets.vote.quality-method", "agreement")
                            .call(0, "run"))
                    .containsPattern("vote +1 +published +30 +60 +2 +0 ");
        }
    }

    @Test
    void eachTableThatIsLeftOutIsNamedWithTheReason() throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute(
                    VOTES,
                    "create table guess (item_id bigint, label text)",
                    "create table \"x\u0085y\" (a int)",
                    "do $$ begin for i in 1 .. 30 loop execute 'create table other_' || i || ' (a int)'; end loop; end $$");
            Path file = directory.resolve("application.yml");
            Result result = warehouse.program().call("init", "--out", file.toString());
            assertThat(result.out())
                    .contains(
                            "with queries for the tables that fit best, without 32 other tables (the file says why); check");
            assertThat(Files.readString(file))
                    .containsSubsequence(
                            "\n# These tables are left out:\n#   public.guess: no column looks like an annotator\n",
                            "#   public.other_1: no column looks like an example or an annotator or a label\n",
                            "#   and 12 more\n");
            Result streamed = warehouse.program().call("init", "--out", "-");
            assertThat(streamed.out()).isEqualToNormalizingNewlines(Files.readString(file));
            assertThat(streamed.err()).startsWith("Proposed settings with queries for the tables that fit best");
        }
    }

    @Test
    void tablesBesideThoseOfLabelStudioAreProposedInCommentsOrLeftOutWithTheReason() throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            LabelStudioTables.fill(warehouse);
            warehouse.execute(
                    VOTES,
                    "create schema other",
                    "create table other.vote (item_id bigint, worker text, label text, is_deleted boolean)",
                    "create table other.\"a\nb: '#\" (item_id bigint, worker text, label text)",
                    "create table guess (item_id bigint, model text, label text, probability float8)",
                    "create table half (item_id bigint, label text)");
            String text = proposed(warehouse);
            assertThat(text)
                    .contains(
                            "    # These tables look like annotations as well; remove the # before a dataset to read its table.\n",
                            "    # \"vote\":\n      # annotations-query: |\n      #   select item_id as example_id,",
                            "      #   from other.vote\n      #   -- where not is_deleted\n    # \"vote-2\":\n",
                            "\n# These tables look like predictions, and could be",
                            "#   public.half: no column looks like an annotator\n",
                            "#   public.htx_user: no column looks like an example or")
                    .doesNotContain("#   public.task: ", "#   public.task_completion: ");
            assertThat(program(warehouse).call(0, "validate")).contains("Datasets that can be run: 3.");
            int first = text.indexOf("    # These tables look");
            int end = text.indexOf("\n\n", first);
            String uncommented =
                    text.substring(first, end).replaceFirst(".*\n", "").replaceAll("(?m)^( +)# (.*)$", "$1$2");
            Files.writeString(
                    directory.resolve("application.yml"), text.substring(0, first) + uncommented + text.substring(end));
            assertThat(program(warehouse).call("config").out()).contains("crowdlab.datasets.vote-2.annotations-query");
            assertThat(program(warehouse).call(0, "run", "--dataset", "vote-2"))
                    .containsPattern("vote-2 +1 +published +30 +90 ");
        }
    }

    @Test
    void aMeasureOfAnnotatorsIsNoPrediction() throws Exception {
        try (Warehouse warehouse = Warehouse.with()) {
            warehouse.execute(
                    "create table answer (task_id bigint, worker text, label text, confidence real)",
                    "create table guess (task_id bigint, model text, created_by text, label text, confidence real)");
            assertThat(proposed(warehouse))
                    .containsSubsequence(
                            "annotations-query: |",
                            "from public.answer\n",
                            "predictions-query: |",
                            "from public.guess\n")
                    .doesNotContainPattern(Pattern.compile("Other tables|left out"));
            requireValid(warehouse);
        }
    }
}
