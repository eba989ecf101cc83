package dev.crowdlab.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The findings of small datasets, each made for some of them. */
class ChecksIT {

    private static Warehouse warehouse;

    @BeforeAll
    static void migrate() throws SQLException {
        warehouse = Warehouse.with();
    }

    @AfterAll
    static void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    @Test
    void eachDatasetIsPublishedWithWhatIsToBeSaidAboutIt() throws SQLException {
        fillDisagreeing();
        fillFloored();
        fillOverruled("overruled");
        fillTied();
        Program.Result night = warehouse
                .program()
                .with("crowdlab.datasets.tied.consensus-methods", "majority_vote")
                .call(run("disagreeing", "floored", "overruled", "tied"));
        assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
        assertThat(findings("disagreeing"))
                .contains(
                        "WARN NO_PREDICTIONS",
                        "WARN NO_AGREEMENT 1",
                        "INFO ANNOTATORS_WITHOUT_OVERLAP 1",
                        "INFO TIES_BY_CLASS_FREQUENCY 1");
        assertThat(night.out())
                .contains(
                        "disagreeing: warning. There are no predictions; the consensus is the majority vote, and quality"
                                + " is the annotators' agreement.");
        assertThat(warehouse.column("select distinct annotator_weight from crowdlab_bi.annotator_stats"
                        + " where dataset = 'disagreeing'"))
                .containsExactly((String) null);
        assertThat(findings("floored"))
                .contains("WARN ANNOTATORS_AT_FLOOR 1", "WARN MODELS_AT_FLOOR 1", "INFO TIES_BY_VOTES 1");
        assertThat(findings("overruled"))
                .contains(
                        "WARN ANNOTATORS_AT_FLOOR 1",
                        "WARN CLASSES_VANISHED 1",
                        "WARN LABELS_NOBODY_GAVE 0.1",
                        "WARN UNANIMITY_OVERRULED 1");
        assertThat(night.out())
                .contains("overruled: warning. 3 of 3 annotators agree with the others no better than")
                .contains("the consensus is the model alone. Compare with majority_vote, in alternative_consensus.")
                .contains("overruled: warning. 1 class was given by annotators and is the consensus of no example:"
                        + " 'odd'.")
                .contains("overruled: warning. 1 of 10 consensus labels (10.00 %) was given by no annotator");
        assertThat(findings("tied"))
                .contains("INFO TIES_BY_MODEL 1", "INFO TIES_BY_ANNOTATOR_ACCURACY 1", "INFO TIES_BY_CLASS_ORDER 1")
                .doesNotContain("INFO TIES_BY_VOTES 1");
        assertThat(warehouse.column("select dataset from crowdlab.run_check join crowdlab.run using (run_id)"
                        + " where code = 'MEAN_QUALITY' and observed between 0 and 1 and dataset in"
                        + " ('disagreeing', 'floored', 'overruled', 'tied') order by 1"))
                .containsExactly("disagreeing", "floored", "overruled", "tied");
    }

    /** Of 400 examples each annotator errs on every third in another way, and the model gives what two of three gave. */
    @Test
    void aModelThatRepeatsTheMajorityIsNamed() throws SQLException {
        warehouse.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                + " select 'echoed', 'e' || e, 'a' || a, case when (e + (e * a * 7 + e / 5) % 3 / 2) % 2 = 0 then 'cat' else 'dog' end"
                + " from generate_series(1, 400) e, generate_series(1, 3) a");
        warehouse.execute("insert into crowdlab.prediction (dataset, example_id, label, probability)"
                + " select 'echoed', example_id, c, case when c = mode() within group (order by label) then 0.9 else 0.1 end"
                + " from crowdlab.annotation, (values ('cat'), ('dog')) as class (c)"
                + " where dataset = 'echoed' group by example_id, c");
        Program.Result night = warehouse.program().call(run("echoed"));
        assertThat(night.exitCode()).as(night.out() + night.err()).isZero();
        assertThat(findings("echoed")).contains("WARN MODEL_ECHO 1");
        assertThat(night.out()).contains("repeats the majority on 100.0 % of ", "as in cross-validation.");
    }

    @Test
    void whatIsAcknowledgedIsRecordedAndDoesNotWarn() throws SQLException {
        String names = "known";
        fillOverruled(names);
        Program program = warehouse
                .program()
                .with("crowdlab.datasets.known.acknowledged.NOBODY_CHOSE_IT", "until 9999-12-31, the model is better")
                .with("crowdlab.datasets.known.acknowledged.classes-vanished", "until 2020-01-01, it was never there");
        Program.Result dry = program.call("run", "--dataset", names, "--dry-run");
        Program.Result night = program.call("run", "--dataset", names);
        for (Program.Result result : List.of(dry, night)) {
            assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
            assertThat(result.out())
                    .doesNotContain("given by no annotator", "overrule three or more")
                    .contains("'odd'. It was acknowledged until 2020-01-01, which has passed: it was never there");
        }
        assertThat(findings(names))
                .contains("INFO LABELS_NOBODY_GAVE 0.1", "INFO UNANIMITY_OVERRULED 1", "WARN CLASSES_VANISHED 1");
        assertThat(warehouse.column("select message from crowdlab.run_check join crowdlab.run using (run_id)"
                        + " where dataset = 'known' and code = 'UNANIMITY_OVERRULED'"))
                .singleElement()
                .asString()
                .endsWith("NOBODY_CHOSE_IT. Acknowledged until 9999-12-31: the model is better");
        assertThat(program.call("run", "--dataset", names).out()).contains("nothing new");
    }

    @Test
    @Tag("slow")
    void aDatasetOfPredictionsAloneSaysWhereToBeginLabeling() throws SQLException {
        predict("beginning", "('e1', 'red', 0.5), ('e1', 'blue', 0.5), ('e2', 'red', 0.125), ('e2', 'blue', 0.875)");
        Program.Result first = warehouse.program().call(run("beginning"));
        assertThat(first.exitCode()).as(first.out() + first.err()).isZero();
        assertThat(findings("beginning")).contains("WARN NOTHING_LABELED 2");
        assertThat(warehouse.column(
                        "select example_id from crowdlab_bi.label_next where dataset = 'beginning' order by rank"))
                .containsExactly("e1", "e2");
        annotate("beginning", "('e1', 'a1', 'red'), ('e1', 'a2', 'red')");
        assertThat(warehouse.program().call(run("beginning")).exitCode()).isZero();
        assertThat(warehouse.column("select num_annotations from crowdlab_bi.label_next where dataset = 'beginning'"
                        + " order by example_id"))
                .containsExactly("2", "0");
        warehouse.execute("delete from crowdlab.annotation where dataset = 'beginning'");
        Program.Result gone = warehouse.program().call(run("beginning"));
        assertThat(gone.exitCode())
                .as("labels that were there and are gone are no beginning")
                .isEqualTo(3);
    }

    @Test
    void moreThanATenthOfChangedLabelsIsAWarningWithoutAnySetting() throws SQLException {
        warehouse.fill("unset");
        assertThat(warehouse.program().call(0, run("unset"))).doesNotContain("max-changed-share");
        for (int example = 1; example <= 4; example++) {
            warehouse.relabel("unset", "e" + (3 * example), "red");
        }
        assertThat(warehouse.program().call(0, run("unset")))
                .as("4 of 40, a tenth")
                .doesNotContain("max-changed-share");
        for (int example = 1; example <= 5; example++) {
            warehouse.relabel("unset", "e" + (3 * example + 1), "red");
        }
        String sentence = " of 40 labels differ from those of run " + warehouse.published("unset");
        String warned = " %), checks.max-changed-share.warn is 0.1; look at label_change.";
        Program off = warehouse.program().with("crowdlab.datasets.unset.checks.max-changed-share.warn", "1");
        assertThat(off.call(0, "run", "--dataset", "unset", "--dry-run", "--warnings-exit", "9"))
                .doesNotContain(sentence);
        assertThat(warehouse.program().call(9, "run", "--dataset", "unset", "--warnings-exit", "9"))
                .contains("unset: warning. 5" + sentence, warned);
    }

    @Test
    void aResultBeyondItsLimitsIsKeptBackUntilTheyAreWidened() throws SQLException {
        warehouse.fill("changed");
        warehouse.fill("worse");
        assertThat(warehouse.program().call(run("changed", "worse")).exitCode()).isZero();
        String first = warehouse.published("changed");
        for (int example = 1; example <= 3; example++) {
            warehouse.relabel("changed", "e" + (3 * example), "red");
        }
        warehouse.execute("""
                update crowdlab.annotation
                set label = (array['blue', 'green', 'red'])[1 + substr(example_id, 2)::int * substr(annotator_id, 2)::int % 3]
                where dataset = 'worse' and label is not null""");
        Program strict = warehouse
                .program()
                .with("crowdlab.datasets.changed.checks.max-changed-share.warn", "0.01")
                .with("crowdlab.datasets.changed.checks.max-changed-share.fail", "0.05")
                .with("crowdlab.datasets.worse.checks.max-quality-drop", "0.05");
        Program.Result refused = strict.call(run("changed", "worse"));
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out())
                .contains("changed: refused. 3 of 40 labels differ from those of run " + first
                        + " (7.50 %), checks.max-changed-share is 0.05; look at label_change;")
                .containsPattern(
                        "worse: refused. The mean quality of the consensus labels is 0\\.\\d{3} after 0\\.\\d{3}"
                                + " in run \\d+, checks.max-quality-drop is 0.05;");
        assertThat(warehouse.published("changed")).isEqualTo(first);
        Program.Result once = warehouse
                .program()
                .with("crowdlab.datasets.changed.checks.max-changed-share.warn", "0.01")
                .with("crowdlab.datasets.changed.checks.max-changed-share.fail", "1")
                .call(run("changed", "worse"));
        assertThat(once.exitCode()).as(once.out() + once.err()).isZero();
        assertThat(once.out()).contains("changed: warning. 3 of 40 labels differ from those of run " + first);
        assertThat(warehouse.column("select distinct concat_ws(' ', severity, observed, threshold) from"
                        + " crowdlab.run_check join crowdlab.run using (run_id) where code = 'CHANGED_SHARE'"
                        + " and dataset = 'changed' order by 1"))
                .containsExactly("FAIL 0.075 0.05", "WARN 0.075 0.01");
    }

    @Test
    void everyLimitIsLookedAt() throws SQLException {
        warehouse.fill("limited");
        warehouse.execute(
                "update crowdlab.annotation set annotated_at = now() - interval '50 h' where dataset = 'limited'",
                "delete from crowdlab.prediction where dataset = 'limited' and example_id in ('e1', 'e2')");
        Program.Result refused = warehouse
                .program()
                .with("crowdlab.datasets.limited.checks.min-annotators", "6")
                .with("crowdlab.datasets.limited.checks.min-mean-annotations.warn", "3.5")
                .with("crowdlab.datasets.limited.checks.min-predicted-share", "0.96")
                .with("crowdlab.datasets.limited.checks.max-age.warn", "P2D")
                .with("crowdlab.datasets.limited.checks.max-age.fail", "72h")
                .call(run("limited"));
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out())
                .contains("limited: refused. 5 annotators have annotations that were analyzed, checks.min-annotators is"
                        + " 6;")
                .contains("limited: warning. An example has 3.00 annotations on average,")
                .contains("limited: refused. 38 of 40 labeled examples have usable predictions (95.00 %),")
                .contains("limited: warning. The newest annotation is 50.0 h older than the run's moment,"
                        + " checks.max-age.warn is 48 h;");
    }

    @Test
    void aMisspelledLabelIsSuspectedWhereItMakesEveryPredictionIncomplete() throws SQLException {
        warehouse.fill("misspelled");
        warehouse.execute("update crowdlab.annotation set label = 'rde' where dataset = 'misspelled'"
                + " and example_id = 'e2' and annotator_id = 'a3'");
        Program.Result refused = warehouse.program().call(run("misspelled"));
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.out())
                .contains(
                        "misspelled: refused. 40 of 40 predictions of model 'default' were rejected (100.00 %;"
                                + " INCOMPLETE_PREDICTION 40 (class 'rde' has no probability)), checks.max-rejected-share is"
                                + " 0.05; look at",
                        " Correct it or name the classes. 121 of 121 annotations were rejected (100.00 %; MISSING_LABEL 1"
                                + " (label is null), NO_PREDICTION 120 (the example has no usable prediction, such as 'e1')).")
                .contains(
                        "; a misspelled label may have become a class that predictions lack, such as 'rde', which occurs"
                                + " in 1 annotation and 0 prediction rows; did you mean 'red'? Correct it or name the classes.");
    }

    @Test
    void theHistoryOfVotesIsNoFault() throws SQLException {
        warehouse.fill("history");
        warehouse.execute(
                "update crowdlab.annotation set annotated_at = timestamptz '2026-01-02' where dataset = 'history'",
                """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                select dataset, example_id, annotator_id, case label when 'red' then 'blue' else 'red' end,
                    timestamptz '2026-01-01'
                from crowdlab.annotation
                where dataset = 'history' and label is not null""");
        Program.Result published = warehouse.program().call(run("history"));
        assertThat(published.exitCode()).as(published.out()).isZero();
        String message = warehouse.value("select message from crowdlab.run_check join crowdlab.run using (run_id)"
                + " where dataset = 'history' and code = 'REJECTED_SHARE'");
        assertThat(message)
                .startsWith(
                        "1 of 121 annotations was rejected (0.83 %; MISSING_LABEL 1 (label is null); not counting 120"
                                + " SUPERSEDED_ANNOTATION), checks.max-rejected-share is 0.05. The rows are in rejected_row.");
        assertThat(published.out())
                .containsPattern("history: note[.] " + Pattern.quote(message) + " Counts: show [0-9]+[.]\n");
        assertThat(warehouse.program().call(0, "run", "--dataset", "history", "--dry-run", "--force"))
                .contains(
                        "history: note. 1 of 121 annotations was",
                        "is 0.05. A run would store the rows in rejected_row.");
        assertThat(warehouse.value("select num_rejected from crowdlab.run where dataset = 'history'"))
                .isEqualTo("121");
    }

    private static String[] run(String... datasets) {
        List<String> words = new ArrayList<>(List.of("run"));
        for (String dataset : datasets) {
            words.addAll(List.of("--dataset", dataset));
        }
        return words.toArray(String[]::new);
    }

    /** Two annotators who disagree, and a third alone, without a model. */
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
    private void fillOverruled(String dataset) throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select '%s', 'e' || e, 'a' || a, case
                    when e = 9 then 'x'
                    when e %% 3 = a then case e when 2 then 'odd' else (array['x', 'y', 'z'])[1 + (e + 1 + e / 3) %% 3] end
                    else (array['x', 'y', 'z'])[1 + (e + e / 3) %% 3] end
                from generate_series(0, 9) e
                cross join generate_series(0, 2) a""".formatted(dataset), """
                insert into crowdlab.prediction (dataset, example_id, label, probability)
                select '%s', 'e' || e, (array['x', 'y', 'z', 'odd'])[c], case
                    when c = case e when 9 then 2 else 1 + (e + e / 3) %% 3 end then 0.91 else 0.03 end
                from generate_series(0, 9) e
                cross join generate_series(1, 4) c""".formatted(dataset));
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
