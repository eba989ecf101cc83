package dev.crowdlab.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How much was rejected is looked at for annotations, for each model and for gold apart. */
class RejectedShareIT {

    private static final String ANNOTATIONS =
            "select example_id, annotator_id, label, annotated_at from crowdlab.annotation where dataset = ";
    private static final String PREDICTIONS =
            "select example_id, model, label, probability from crowdlab.prediction where dataset = ";

    private static Warehouse warehouse;

    @BeforeAll
    static void migrate() throws SQLException {
        warehouse = Warehouse.with();
    }

    @AfterAll
    static void drop() throws SQLException {
        warehouse.close();
    }

    /** Nine of 121 votes are 7 %, but only 2 % of all rows where three models have a row for each class. */
    @Test
    void rowsOfPredictionsDoNotHideAnnotationsThatWereRejected() throws SQLException {
        warehouse.fillWithThreeModels("diluted");
        warehouse.execute("update crowdlab.annotation set label = 'Red' where dataset = 'diluted' and label = 'red'"
                + " and example_id in ('e2', 'e5', 'e8')");
        Program program = withClasses("diluted")
                .with("crowdlab.datasets.arrays.annotations-query", ANNOTATIONS + "'diluted'")
                .with(
                        "crowdlab.datasets.arrays.predictions-query",
                        "select example_id, model, array_agg(probability order by label) as probabilities"
                                + " from crowdlab.prediction where dataset = 'diluted' group by 1, 2");
        withClasses(program, "arrays");
        String sentence = " of 121 annotations were rejected (";
        for (String dataset : List.of("diluted", "arrays")) {
            Program.Result refused = program.call("run", "--dataset", dataset);
            assertThat(refused.exitCode()).as(refused.out() + refused.err()).isEqualTo(3);
            assertThat(refused.out())
                    .contains(
                            dataset + ": refused. ", sentence, "(label 'Red' is not one of the dataset's classes, it");
        }
        assertThat(shares("diluted")).isEqualTo(shares("arrays"));
    }

    /** The first label by code point, '0', occurs once; the misspelled one nine times. */
    @Test
    void theMostFrequentUnknownLabelsAreNamedAndEachSourceAddsUp() throws SQLException {
        warehouse.fill("labels");
        warehouse.execute(
                "update crowdlab.annotation set label = 'Red' where dataset = 'labels' and label = 'red'"
                        + " and example_id in ('e2', 'e5', 'e8')",
                "update crowdlab.annotation set label = 'n/a' where dataset = 'labels' and label = 'green'"
                        + " and example_id = 'e3'",
                "update crowdlab.annotation set label = '0' where dataset = 'labels' and example_id = 'e40'"
                        + " and annotator_id = (select min(annotator_id) from crowdlab.annotation where dataset = 'labels'"
                        + " and example_id = 'e40')",
                "delete from crowdlab.prediction where dataset = 'labels' and label = 'red' and example_id in ('e1', 'e4')");
        String out = withClasses("labels").call(3, "run", "--dataset", "labels");
        assertThat(out)
                .contains(
                        "labels: refused. 18 of 121 annotations were rejected (14.88 %; UNKNOWN_LABEL 11 (labels 'Red' 9"
                                + " times (did you mean 'red'?), '0' once, 'n/a' once), MISSING_LABEL 1 (label is null),"
                                + " NO_PREDICTION 6 (the example has no usable prediction, such as 'e1', while",
                        " correct the rows or raise the limit. 2 of 40 predictions of model 'default' were rejected (5.00 %;"
                                + " INCOMPLETE_PREDICTION 2 (class 'red' has no probability)).");
    }

    @Test
    void theModelWhosePredictionsWereRejectedIsNamedHoweverTheyCome() throws SQLException {
        warehouse.fillWithThreeModels("models");
        warehouse.execute("update crowdlab.prediction set probability = 2 where dataset = 'models' and model = 'm2'"
                + " and label = 'red' and example_id in ('e1', 'e2', 'e3', 'e4')");
        Program program = withClasses("models")
                .with("crowdlab.datasets.models.on-missing-prediction", "uniform")
                .with("crowdlab.datasets.modelarrays.annotations-query", ANNOTATIONS + "'models'")
                .with(
                        "crowdlab.datasets.modelarrays.predictions-query",
                        "select example_id, model, array_agg(probability order by label) as probabilities"
                                + " from crowdlab.prediction where dataset = 'models' group by 1, 2")
                .with("crowdlab.datasets.modelarrays.on-missing-prediction", "uniform");
        withClasses(program, "modelarrays");
        for (String dataset : List.of("models", "modelarrays")) {
            assertThat(program.call(3, "run", "--dataset", dataset))
                    .contains("4 of 40 predictions of model 'm2' were rejected (10.00 %; ");
        }
        assertThat(shares("models")).isEqualTo(shares("modelarrays"));
    }

    @Test
    void aModelThatCoversAPartIsNamedWithWhatToSet() throws SQLException {
        warehouse.fillWithThreeModels("partly");
        warehouse.execute("delete from crowdlab.prediction where dataset = 'partly' and model = 'm3'"
                + " and example_id not in ('e1', 'e2')");
        assertThat(withClasses("partly").call(3, "run", "--dataset", "partly"))
                .contains("NO_PREDICTION 114 (the example has no usable prediction of model 'm3', such as 'e10')")
                .contains("model 'm3' has usable predictions of 2 of 40 labeled examples: let it predict the others,"
                        + " delete its rows from crowdlab.prediction, or set on-missing-prediction: uniform; ");
        Program queries = withClasses("queried")
                .with("crowdlab.datasets.queried.annotations-query", ANNOTATIONS + "'partly'")
                .with("crowdlab.datasets.queried.predictions-query", PREDICTIONS + "'partly'");
        assertThat(queries.call(3, "run", "--dataset", "queried"))
                .contains("let it predict the others, leave it out of the predictions-query, or set on-missing-");
        assertThat(warehouse.column("select distinct model from crowdlab.rejected_row join crowdlab.run using (run_id)"
                        + " where dataset = 'partly' and reason = 'NO_PREDICTION'"))
                .containsExactly("m3");
    }

    @Test
    void idsOfBothSidesAreShownWhereTheyHaveDifferentForms() throws SQLException {
        warehouse.fill("forms");
        warehouse.execute("update crowdlab.annotation set example_id = 'task-' || example_id where dataset = 'forms'");
        assertThat(withClasses("forms").call(3, "run", "--dataset", "forms"))
                .contains("such as 'task-e1', while there are predictions without annotations, such as of 'e1')");
        assertThat(withClasses("forms").call(3, "run", "--dataset", "forms", "--dry-run"))
                .contains("such as 'task-e1', while there are predictions without annotations, such as of 'e1')")
                .contains("a run would store the reasons in rejected_row")
                .doesNotContain("look at rejected_row");
    }

    @Test
    void goldHasAShareOfItsOwnAndSaysWhyItWasRejected() throws SQLException {
        warehouse.fill("gilded");
        Program program = withClasses("gilded")
                .with("crowdlab.datasets.gilded.annotations-query", ANNOTATIONS + "'gilded'")
                .with("crowdlab.datasets.gilded.predictions-query", PREDICTIONS + "'gilded'");
        String query = "select 'e' || e as example_id, case when e < %d then 'Red' else 'red' end as label"
                + " from generate_series(1, 60) e";
        Program.Result few = program.with("crowdlab.datasets.gilded.gold-query", query.formatted(10))
                .call("run", "--dataset", "gilded");
        assertThat(few.exitCode()).as(few.out() + few.err()).isZero();
        Program.Result many = program.with("crowdlab.datasets.gilded.gold-query", query.formatted(11))
                .call("run", "--dataset", "gilded");
        assertThat(many.exitCode()).as(many.out() + many.err()).isEqualTo(3);
        assertThat(many.out())
                .contains("10 of 40 gold rows could not be used (25.00 %; UNKNOWN_LABEL 10 (label 'Red' is not one"
                        + " of the dataset's classes, it differs from 'red' in case or blanks alone; did you mean 'red'?,"
                        + " such as of 'e1')), checks.max-rejected-share is 0.05; ");
        Program.Result warned = program.with("crowdlab.datasets.gilded.checks.max-rejected-share.warn", "0.05")
                .with("crowdlab.datasets.gilded.checks.max-rejected-share.fail", "1")
                .call("run", "--dataset", "gilded");
        assertThat(warned.exitCode()).as(warned.out() + warned.err()).isZero();
        assertThat(warned.out()).contains("gilded: warning. 10 of 40 gold rows could not be used");
    }

    @Test
    void whereNoRowArrivesItIsSaidSo() throws SQLException {
        warehouse.fill("silent");
        Program program = withClasses("silent")
                .with("crowdlab.datasets.silent.annotations-query", ANNOTATIONS + "'nobody'")
                .with("crowdlab.datasets.silent.predictions-query", PREDICTIONS + "'silent'")
                .with("crowdlab.datasets.silent.gold-query", "select 'e1' as example_id, 'red' as label")
                .with("crowdlab.datasets.silent.checks.max-age", "36h")
                .with("crowdlab.datasets.silent.checks.min-examples", "2");
        assertThat(program.call(3, "run", "--dataset", "silent"))
                .contains("0 examples were analyzed, checks.min-examples is 2; the annotations-query returned no rows")
                .contains(
                        "The annotations-query returned no rows, so checks.max-age has nothing to compare; check whether"
                                + " annotations still arrive.")
                .doesNotContain("no row was rejected", "let the annotations-query return one");
    }

    private static Program withClasses(String dataset) {
        return withClasses(warehouse.program(), dataset);
    }

    private static Program withClasses(Program program, String dataset) {
        return program.with("crowdlab.datasets." + dataset + ".classes", "blue, green, red");
    }

    private static List<String> shares(String dataset) throws SQLException {
        return warehouse.column("select observed::text from crowdlab.run_check join crowdlab.run using (run_id)"
                + " where dataset = '" + dataset + "' and code = 'REJECTED_SHARE'");
    }
}
