package dev.crowdlab;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The findings of small datasets, each made for some of them. */
class ChecksIT {

    private Warehouse warehouse;

    @BeforeEach
    void migrate() throws SQLException {
        warehouse = Warehouse.with();
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    @Test
    void eachDatasetIsPublishedWithWhatIsToBeSaidAboutIt() throws SQLException {
        fillDisagreeing();
        fillFloored();
        fillOverruled();
        fillTied();
        Program.Result night = warehouse
                .program()
                .with("crowdlab.datasets.tied.consensus-methods", "majority_vote")
                .call("run");
        assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
        assertThat(findings("disagreeing"))
                .contains(
                        "WARN NO_PREDICTIONS",
                        "WARN NO_AGREEMENT 1",
                        "WARN ANNOTATORS_AT_FLOOR 1",
                        "INFO ANNOTATORS_WITHOUT_OVERLAP 1",
                        "INFO TIES_BY_VOTES 1",
                        "INFO TIES_BY_CLASS_FREQUENCY 1");
        assertThat(findings("floored")).contains("WARN MODELS_AT_FLOOR 1", "INFO TIES_BY_VOTES 1");
        assertThat(findings("overruled"))
                .contains(
                        "WARN ANNOTATORS_AT_FLOOR 1",
                        "WARN CLASSES_VANISHED 1",
                        "WARN LABELS_NOBODY_GAVE 0.1",
                        "WARN UNANIMITY_OVERRULED 1");
        assertThat(night.out())
                .contains("overruled: warning. 3 of 3 annotators agree with the others no better than")
                .contains("the consensus is the model alone. Compare with majority_vote.")
                .contains("overruled: warning. 1 classes were given by annotators and are the consensus of no example:"
                        + " 'odd'.")
                .contains("overruled: warning. 1 of 10 consensus labels (10.00 %) were given by no annotator");
        assertThat(findings("tied"))
                .contains("INFO TIES_BY_MODEL 1", "INFO TIES_BY_ANNOTATOR_ACCURACY 1", "INFO TIES_BY_CLASS_ORDER 1")
                .doesNotContain("INFO TIES_BY_VOTES 1");
        assertThat(warehouse.value("select count(*) from crowdlab.run_check c join crowdlab_bi.run_history r using"
                        + " (run_id) where code = 'MEAN_QUALITY' and observed between 0 and 1"))
                .isEqualTo("4");
    }

    /** Two annotators who disagree, and a third alone: with two classes L is 1/2 and every posterior is shared. */
    private void fillDisagreeing() throws SQLException {
        annotate("disagreeing", "('e1', 'a3', 'x'), ('e2', 'a1', 'y'), ('e2', 'a2', 'x')");
    }

    /** One example: always giving its class would never be wrong, so neither annotators nor the model can be better. */
    private void fillFloored() throws SQLException {
        annotate("floored", "('e1', 'a1', 'y'), ('e1', 'a2', 'y'), ('e1', 'a3', 'y'), ('e1', 'a4', 'x')");
        predict("floored", "('e1', 'x', 0.75), ('e1', 'y', 0.25)");
    }

    /**
     * Three classes, three times each, and one of three annotators wrong by turns: all weights are at the floor. On the
     * tenth example all agree on another class than the model's.
     */
    private void fillOverruled() throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'overruled', 'e' || e, 'a' || a, case
                    when e = 9 then 'x'
                    when e % 3 = a then case e when 2 then 'odd' else (array['x', 'y', 'z'])[1 + (e + 1 + e / 3) % 3] end
                    else (array['x', 'y', 'z'])[1 + (e + e / 3) % 3] end
                from generate_series(0, 9) e
                cross join generate_series(0, 2) a""", """
                insert into crowdlab.prediction (dataset, example_id, label, probability)
                select 'overruled', 'e' || e, (array['x', 'y', 'z', 'odd'])[c], case
                    when c = case e when 9 then 2 else 1 + (e + e / 3) % 3 end then 0.91 else 0.03 end
                from generate_series(0, 9) e
                cross join generate_series(1, 4) c""");
    }

    /** Ties that the majority vote leaves to the model, to the accuracy of annotators, and to nothing at all. */
    private void fillTied() throws SQLException {
        annotate("tied", """
                ('e1', 'a1', 'y'), ('e1', 'a2', 'x'), ('e1', 'a3', 'y'),
                ('e2', 'a1', 'x'), ('e2', 'a2', 'x'), ('e2', 'a3', 'x'),
                ('e3', 'a1', 'y'), ('e3', 'a2', 'x'),
                ('e4', 'a3', 'y'), ('e5', 'a3', 'y'),
                ('e6', 'a4', 'x'), ('e6', 'a5', 'y'),
                ('e7', 'a4', 'x'), ('e7', 'a5', 'y')""");
        warehouse.execute("""
                insert into crowdlab.prediction (dataset, example_id, label, probability)
                select 'tied', 'e' || e, label, case when e = 7 and label = 'x' then 0.6 when e = 7 then 0.4 else 0.5 end
                from generate_series(1, 7) e
                cross join (values ('x'), ('y')) as label (label)""");
    }

    private void annotate(String dataset, String rows) throws SQLException {
        warehouse.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label) select '"
                + dataset + "', * from (values " + rows + ") as row");
    }

    private void predict(String dataset, String rows) throws SQLException {
        warehouse.execute("insert into crowdlab.prediction (dataset, example_id, label, probability) select '" + dataset
                + "', * from (values " + rows + ") as row");
    }

    private List<String> findings(String dataset) throws SQLException {
        return warehouse.column("select concat_ws(' ', severity, code, observed) from crowdlab.run_check"
                + " join crowdlab.run using (run_id) where dataset = '" + dataset + "' order by code");
    }
}
