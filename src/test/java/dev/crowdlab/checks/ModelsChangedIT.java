package dev.crowdlab.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A model that is missing, is new or covers far less than in the published run is named. */
class ModelsChangedIT {

    private static final String STILL =
            "check whether every model has run, and whether crowdlab.prediction still has all rows";

    private static Warehouse warehouse;

    @BeforeAll
    static void migrate() throws SQLException {
        warehouse = Warehouse.with();
    }

    @AfterAll
    static void drop() throws SQLException {
        warehouse.close();
    }

    @Test
    void modelsThatAreGoneAreNamedOnceWithWhatTheyCovered() throws SQLException {
        warehouse.fillWithThreeModels("gone");
        assertThat(warehouse.program().call(0, "run", "--dataset", "gone")).doesNotContain("model '");
        String run = warehouse.published("gone");
        deletePredictions("gone", "model in ('m2', 'm3')");
        String sentence = "gone: warning. Model 'm2' predicted 100.0 % of the labeled examples in run " + run
                + " and none in this run; model 'm3' predicted 100.0 % of the labeled examples in run " + run
                + " and none in this run: " + STILL + ".";
        assertThat(warehouse.program().call(0, "run", "--dataset", "gone", "--dry-run"))
                .contains(sentence);
        assertThat(warehouse.program().call(0, "run", "--dataset", "gone")).contains(sentence);
        assertThat(findings("gone")).containsExactly("WARN 2");
        assertThat(warehouse.program().call(0, "run", "--dataset", "gone", "--force"))
                .doesNotContain("Model 'm2'");
    }

    @Test
    void aModelThatCoversFarLessIsNamedWithBothShares() throws SQLException {
        warehouse.fillWithThreeModels("less");
        Program program = warehouse.program().with("crowdlab.datasets.less.on-missing-prediction", "uniform");
        program.call(0, "run", "--dataset", "less");
        deletePredictions("less", "model = 'm2' and substr(example_id, 2)::int > 33");
        assertThat(program.call(0, "run", "--dataset", "less")).doesNotContain("Model 'm2'");
        assertThat(warehouse.column("select model || ' ' || coverage from crowdlab_bi.run_models"
                        + " where dataset = 'less' order by 1"))
                .containsExactly("default 1", "m2 0.825", "m3 1");
        String run = warehouse.published("less");
        deletePredictions("less", "model = 'm2' and substr(example_id, 2)::int > 20");
        assertThat(program.call(0, "run", "--dataset", "less"))
                .contains("less: warning. Model 'm2' predicted 82.5 % of the labeled examples in run " + run
                        + " and 20 of 40 labeled examples (50.0 %) in this run: " + STILL + ".");
        assertThat(warehouse.program().call(0, "show", warehouse.published("less")))
                .containsPattern("m2 +weight [0-9.]+, temperature none, predicted 50.0 % of the labeled examples");
    }

    @Test
    void oneExampleLessIsNoneOfTheModelsBusiness() throws SQLException {
        warehouse.fill("few");
        warehouse.execute(
                "delete from crowdlab.annotation where dataset = 'few' and substr(example_id, 2)::int > 4",
                "delete from crowdlab.prediction where dataset = 'few' and substr(example_id, 2)::int > 4");
        Program program = warehouse
                .program()
                .with("crowdlab.datasets.few.on-missing-prediction", "uniform")
                .with("crowdlab.datasets.few.checks.max-rejected-share", "1");
        program.call(0, "run", "--dataset", "few");
        deletePredictions("few", "example_id = 'e1'");
        program.call(0, "run", "--dataset", "few");
        assertThat(findings("few")).isEmpty();
        deletePredictions("few", "example_id in ('e2', 'e3')");
        program.call(0, "run", "--dataset", "few");
        assertThat(findings("few")).containsExactly("WARN 1");
    }

    @Test
    void aNewModelIsNamedWithWhatItCoversAndHowToLeaveItOut() throws SQLException {
        warehouse.fillWithThreeModels("added");
        String predictions =
                "select example_id, model, label, probability from crowdlab.prediction where dataset = 'added'"
                        + " and model < '%s'";
        queried("added")
                .with("crowdlab.datasets.added.predictions-query", predictions.formatted("m3"))
                .call(0, "run", "--dataset", "added");
        String run = warehouse.published("added");
        deletePredictions("added", "model = 'm3' and substr(example_id, 2)::int > 10");
        Program wider = queried("added").with("crowdlab.datasets.added.predictions-query", predictions.formatted("m4"));
        String sentence =
                "Model 'm3' is new and predicted 10 of 40 labeled examples (25.0 %): if a new model is not meant,"
                        + " leave it out of the predictions-query.";
        assertThat(wider.call(3, "run", "--dataset", "added"))
                .contains("added: refused. ", "model 'm3' has usable predictions of 10 of 40", "warning. " + sentence);
        assertThat(wider.with("crowdlab.datasets.added.on-missing-prediction", "uniform")
                        .call(0, "run", "--dataset", "added"))
                .contains("added: warning. " + sentence);
        assertThat(queried("added")
                        .with("crowdlab.datasets.added.quality-method", "agreement")
                        .call(0, "run", "--dataset", "added"))
                .contains("added: warning. Model 'default' predicted 100.0 % of the labeled examples in run ")
                .contains("; model 'm3' predicted 25.0 % of", ": the dataset has no predictions-query any more.")
                .doesNotContain("in run " + run + " ");
    }

    @Test
    void aRunWithoutAnyModelSaysWhichAreMissing() throws SQLException {
        warehouse.fill("none");
        warehouse.call(0, "run", "--dataset", "none");
        deletePredictions("none", "true");
        String sentence = "none: warning. Model 'default' predicted 100.0 % of the labeled examples in run "
                + warehouse.published("none") + " and none in this run: " + STILL + ".";
        assertThat(warehouse.call(3, "run", "--dataset", "none")).contains("none: refused. ", sentence);
        Program agreement = warehouse.program().with("crowdlab.datasets.none.quality-method", "agreement");
        assertThat(agreement.call(0, "run", "--dataset", "none")).contains(sentence);
    }

    @Test
    void ofARunThatDidNotRecordCoverageOnlyTheNamesAreCompared() throws SQLException {
        warehouse.fillWithThreeModels("earlier");
        Program program = warehouse.program().with("crowdlab.datasets.earlier.on-missing-prediction", "uniform");
        program.call(0, "run", "--dataset", "earlier");
        String run = warehouse.published("earlier");
        warehouse.execute(
                "alter table crowdlab.run_model disable trigger user",
                "update crowdlab.run_model set coverage = null where run_id = " + run,
                "alter table crowdlab.run_model enable trigger user");
        deletePredictions("earlier", "model = 'm2' or (model = 'm3' and example_id > 'e2')");
        assertThat(program.call(0, "run", "--dataset", "earlier"))
                .contains("earlier: warning. Model 'm2' predicted labeled examples in run " + run
                        + " and none in this run: " + STILL + ".");
    }

    private static Program queried(String dataset) {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets." + dataset + ".annotations-query",
                        "select example_id, annotator_id, label from crowdlab.annotation where dataset = '" + dataset
                                + "' and label is not null");
    }

    private static List<String> findings(String dataset) throws SQLException {
        return warehouse.column("select severity || ' ' || observed from crowdlab_bi.run_checks where dataset = '"
                + dataset + "' and code = 'MODELS_CHANGED'");
    }

    private static void deletePredictions(String dataset, String which) throws SQLException {
        warehouse.execute("delete from crowdlab.prediction where dataset = '" + dataset + "' and (" + which + ")");
    }
}
