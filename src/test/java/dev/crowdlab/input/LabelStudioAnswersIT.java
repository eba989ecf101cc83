package dev.crowdlab.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Program.Result;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of each type of answer in a project of Label Studio, one without any prediction. */
class LabelStudioAnswersIT {

    private Warehouse warehouse;

    /** Each annotation answers a question of every type; the question bears the name of the type. */
    @BeforeEach
    void fill() throws SQLException, IOException {
        warehouse = Warehouse.with();
        warehouse.execute(LabelStudioTables.text("label-studio.sql"), """
                create function public.answer(name text, type text, value jsonb) returns jsonb language sql as
                    $$select jsonb_build_object('id', 'x', 'from_name', name, 'type', type, 'value', value)$$;
                insert into public.htx_user (id, username, email)
                select u, 'u' || u, 'u' || u || '@example.org' from generate_series(1, 3) u;
                insert into public.project (id) values (20);
                insert into public.task (id, project_id) select t, 20 from generate_series(1, 60) t;
                insert into public.task_completion (task_id, completed_by_id, created_at, result)
                select t, u, '2026-01-01Z', jsonb_build_array(
                    public.answer('rating', 'rating', jsonb_build_object('rating', 1 + (t + u / 3) % 5)),
                    public.answer('pairwise', 'pairwise',
                        jsonb_build_object('selected', (array['left', 'right'])[1 + (t + u / 3) % 2])),
                    public.answer('taxonomy', 'taxonomy', '{"taxonomy": [["animal", "cat"]]}'),
                    public.answer('labels', 'labels', '{"start": 1, "end": 2, "text": "a", "labels": ["name"]}'),
                    public.answer('labels', 'labels', '{"start": 4, "end": 5, "text": "b", "labels": ["place"]}'),
                    public.answer('boxes', 'rectanglelabels', '{"x": 1, "y": 2, "rectanglelabels": ["car"]}'),
                    public.answer('text', 'textarea', '{"text": ["good"]}'),
                    public.answer('multiple', 'choices', (case when t % 3 = 0 then '{"choices": ["pos"]}'
                        else '{"choices": ["pos", "neg"]}' end)::jsonb),
                    public.answer('region', 'choices', '{"start": 1, "end": 2, "choices": ["pos"]}'),
                    public.answer('item', 'choices', '{"item_index": 0, "choices": ["pos"]}'))
                from generate_series(1, 60) t
                cross join generate_series(1, 3) u;
                """);
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private Program program(String question, String... classes) {
        String prefix = "crowdlab.datasets.d.";
        return warehouse
                .program()
                .with(prefix + "source", "label-studio")
                .with(prefix + "project", "20")
                .with(prefix + "from-name", question)
                .with(prefix + "classes", String.join(",", classes));
    }

    private List<String> labels() throws SQLException {
        return warehouse.column("""
                select label || ' ' || count(*) from crowdlab_bi.detailed_label_quality group by label order by label""");
    }

    @Test
    void aRatingIsReadAsOneLabelAndPublishedWithoutPredictions() throws SQLException {
        Result first = program("rating", "1", "2", "3", "4", "5").call("run");
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(first.out())
                .contains("d: warning. There are no predictions; the consensus is the majority vote")
                .doesNotContain("refused");
        assertThat(labels()).containsExactly("1 36", "2 36", "3 36", "4 36", "5 36");
    }

    @Test
    void aPairwiseComparisonIsReadAsOneLabel() throws SQLException {
        Result first = program("pairwise", "left", "right").call("run");
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(labels()).containsExactly("left 90", "right 90");
    }

    @Test
    void everyOtherTypeOfAnswerIsNamedWithItsCount() {
        check("taxonomy", "taxonomy 180");
        check("labels", "labels 180");
        check("boxes", "rectanglelabels 180");
        check("text", "textarea 180");
        check("region", "perRegion or perItem 180");
        check("item", "perRegion or perItem 180");
        check("multiple", "several labels 120");
    }

    private void check(String question, String count) {
        Result run = program(question, "pos", "neg").call("run");
        assertThat(run.exitCode()).as(run.out()).isEqualTo(3);
        assertThat(run.out())
                .contains("UNKNOWN_LABEL " + count.replaceAll("\\D", "")
                        + " (answers that cannot be read as one label: " + count + ")");
    }

    @Test
    void validateNamesTheTypeAndTheQuestionsThatThereAre() {
        Result good = program("rating", "1", "2", "3", "4", "5").call("validate");
        assertThat(good.exitCode()).as(good.err()).isZero();
        assertThat(good.err()).isEmpty();
        Result taxonomy = program("taxonomy", "pos", "neg").call("validate");
        assertThat(taxonomy.exitCode()).isEqualTo(2);
        assertThat(taxonomy.err())
                .contains(
                        "180 of the first 180 rows would be rejected; UNKNOWN_LABEL 180 (answers that cannot be read as one"
                                + " label: taxonomy 180)");
        Result misspelled = program("ratings", "1", "2", "3", "4", "5").call("validate");
        assertThat(misspelled.exitCode()).isEqualTo(2);
        assertThat(misspelled.err())
                .contains("MISSING_LABEL 180 (label is null); none answers 'ratings', but there are answers to boxes"
                        + " (rectanglelabels), item (choices), labels (labels), multiple (choices), pairwise (pairwise), rating"
                        + " (rating), region (choices), taxonomy (taxonomy), text (textarea); correct from-name");
        Result empty = program("rating", "1", "2", "3", "4", "5")
                .with("crowdlab.datasets.d.project", "21")
                .call("validate");
        assertThat(empty.exitCode()).isZero();
        assertThat(empty.err()).contains("Note. crowdlab.datasets.d.annotations-query: returns no row yet");
    }

    @Test
    void eachRejectedAnswerSaysWhatItIs() throws SQLException {
        program("taxonomy", "pos", "neg").call("run");
        assertThat(rejected())
                .containsExactly(
                        "{\"type\": \"taxonomy\"}: the answer is of type taxonomy, which cannot be read as one label");
        program("multiple", "pos", "neg").call("run");
        assertThat(rejected())
                .containsExactly(
                        "[\"pos\", \"neg\"]: label '[\"pos\", \"neg\"]' is a list of several labels, and one is expected");
    }

    private List<String> rejected() throws SQLException {
        return warehouse.column("select distinct label || ': ' || detail from crowdlab.rejected_row");
    }

    @Test
    void predictionsThatHaveGoneAreStillMissed() throws SQLException {
        warehouse.execute("""
                insert into public.prediction (task_id, score, result, created_at)
                select t, 0.9, jsonb_build_array(public.answer('rating', 'rating', jsonb_build_object('rating', 1 + t % 5))),
                    '2026-01-01Z' from generate_series(1, 60) t""");
        Program program = program("rating", "1", "2", "3", "4", "5");
        assertThat(program.call("run").exitCode()).isZero();
        assertThat(warehouse.column("select model from crowdlab_bi.run_models")).containsExactly("default");
        warehouse.execute("delete from public.prediction");
        Result without = program.call("run");
        assertThat(without.exitCode()).as(without.out()).isEqualTo(3);
        assertThat(without.out()).contains("published before, had some");
    }

    @Test
    void predictionsThatCannotBeUsedAreNotTakenForNone() throws SQLException {
        warehouse.execute("""
                insert into public.prediction (task_id, score, result, created_at)
                select t, 0.9, jsonb_build_array(public.answer('rating', 'rating', '{"rating": 9}')), '2026-01-01Z'
                from generate_series(1, 60) t""");
        Result run = program("rating", "1", "2", "3", "4", "5")
                .with("crowdlab.datasets.d.on-missing-prediction", "uniform")
                .with("crowdlab.datasets.d.checks.max-rejected-share", "1")
                .call("run");
        assertThat(run.exitCode()).as(run.out()).isEqualTo(3);
        assertThat(run.out()).contains("There is no usable prediction, although the project has predictions;");
    }

    @Test
    void aNewVersionOfTheModelThatCoversAPartIsNamedWithTheSettingOfTheProject() throws SQLException {
        warehouse.execute("""
                insert into public.prediction (task_id, score, result, model_version, created_at)
                select t, 0.9, jsonb_build_array(public.answer('rating', 'rating', jsonb_build_object('rating', 1 + t % 5))),
                    v, '2026-01-01Z'
                from generate_series(1, 60) t, (values ('v1', 60), ('v2', 5)) n (v, most) where t <= most""");
        Program program = program("rating", "1", "2", "3", "4", "5");
        Result partly = program.call("run");
        assertThat(partly.exitCode()).as(partly.out()).isEqualTo(3);
        assertThat(partly.out())
                .contains(
                        "model 'v2' has usable predictions of 5 of 60 labeled examples: let it predict the others, list"
                                + " only the other versions in model-versions, or set on-missing-prediction: uniform;")
                .doesNotContain("predictions-query");
        assertThat(program.with("crowdlab.datasets.d.model-versions", "v1")
                        .call("run")
                        .exitCode())
                .isZero();
        String first = warehouse.published("d");
        Program uniform =
                program("rating", "1", "2", "3", "4", "5").with("crowdlab.datasets.d.on-missing-prediction", "uniform");
        assertThat(uniform.call("run").out())
                .contains(
                        "d: warning. Model 'v2' is new and predicted 5 of 60 labeled examples (8.3 %): if a new model is"
                                + " not meant, list only the other versions in model-versions.");
        assertThat(uniform.with("crowdlab.datasets.d.model-versions", "v2")
                        .call("run")
                        .out())
                .contains("d: warning. Model 'v1' predicted 100.0 % of the labeled examples in run ")
                .contains(
                        " and none in this run: check whether every model has run, and whether model-versions still lists")
                .doesNotContain("in run " + first + " ");
    }

    @Test
    void aDatabaseWithoutTheTablesIsToldInOneSentence() throws SQLException {
        warehouse.execute("drop table public.prediction, public.task_completion, public.task cascade");
        String sentence = "source: there are no tables of Label Studio in schema public of database "
                + warehouse.value("select current_database()")
                + ", which lacks task, task_completion, prediction; if they"
                + " are in another database, name it as crowdlab.source.url, if in another schema, as schema";
        Result validate = program("rating", "1", "2").call("validate");
        assertThat(validate.exitCode()).isEqualTo(2);
        assertThat(validate.err().lines().filter(line -> line.startsWith("crowdlab.datasets.d")))
                .hasSize(1)
                .allMatch(line -> line.contains(sentence));
        Result run = program("rating", "1", "2").call("run");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out() + run.err()).contains(sentence).doesNotContain("does not exist");
    }
}
