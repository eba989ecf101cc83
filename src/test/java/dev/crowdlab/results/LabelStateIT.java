package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which examples need further labels, of a run that is asked to say so, and what becomes of that over nights. */
class LabelStateIT {

    private static final String STATE = "select state || ' ' || (since at time zone 'UTC')::date"
            + " from crowdlab_bi.label_state where example_id = '%s'";

    @TempDir
    private Path directory;

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
        warehouse.execute("insert into crowdlab.annotation (dataset, example_id, annotator_id, label)"
                + " values ('d', 'e1', 'a6', 'red'), ('d', 'e1', 'a7', 'blue'), ('d', 'e41', 'a1', 'red')");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        assertThat(warehouse.standAloneTables()).isEmpty();
        warehouse.close();
    }

    private Program plain() {
        return warehouse
                .program()
                .with("crowdlab.datasets.d.classes", "red,green,blue")
                .with("crowdlab.datasets.d.consensus-methods", "committee")
                .with("crowdlab.datasets.d.on-missing-prediction", "uniform")
                .with("crowdlab.datasets.d.checks.max-changed-share", "1")
                .with("crowdlab.retention.grace", "0s");
    }

    private Program stopping() {
        return plain().with("crowdlab.datasets.d.stop.at", "0.8").with("crowdlab.datasets.d.stop.max-labels", "5");
    }

    private static String call(Program program, String... arguments) {
        Program.Result result = program.call(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        return result.out() + result.err();
    }

    private static void night(Program program, int day) {
        call(program, "run", "--as-of", "2026-03-0" + day + "T00:00:00Z");
    }

    private String state(String example) throws SQLException {
        return warehouse.value(STATE.formatted(example));
    }

    private String ofState(String state) throws SQLException {
        return warehouse.value("select min(example_id) from crowdlab_bi.label_state s join crowdlab_bi.label_quality q"
                + " using (example_id) where num_annotations = 3 and s.state = '" + state + "'");
    }

    private void label(String example, String annotator, String label) throws SQLException {
        warehouse.execute(
                "insert into crowdlab.annotation (dataset, example_id, annotator_id, label) values ('d', '%s', '%s', '%s')"
                        .formatted(example, annotator, label));
    }

    @Test
    void statesFollowFromProbabilityAndTheNumberOfAnnotations() throws SQLException {
        call(stopping(), "run");
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(*) filter (where probability <> consensus_quality_score) || ' '
                    || count(*) filter (where state <> case
                        when consensus_quality_score >= 0.8 and num_annotations >= 3 then 'done'
                        when num_annotations >= 5 then 'expert' else 'ask' end) || ' ' || count(distinct state)
                from crowdlab_bi.label_state join crowdlab_bi.label_quality using (dataset, run_id, example_id)""")).isIn("41 0 0 2", "41 0 0 3");
        assertThat(warehouse.value("select state from crowdlab_bi.label_state where example_id = 'e41'"))
                .as("with one annotation")
                .isEqualTo("ask");
        call(stopping(), "verify");
    }

    @Test
    void theirNumbersAreKeptForever() throws SQLException {
        call(stopping(), "run");
        assertThat(warehouse.column("""
                select statistic from crowdlab_bi.dataset_stats
                full join (
                    select 'state_' || state as statistic, count(*) as n, count(*) / 41.0 as share
                    from crowdlab_bi.label_state group by state) s using (statistic)
                where statistic like 'state%' and (coalesce(n, 0) <> num_items or abs(value - coalesce(share, 0)) > 1e-9)""")).isEmpty();
        assertThat(warehouse.value("select sum(num_items) || ' ' || count(*) from crowdlab_bi.dataset_stats_history"
                        + " where statistic like 'state%'"))
                .isEqualTo("41 3");
    }

    @Test
    void whatIsDoneStaysSoUntilItHasFurtherAnnotations() throws SQLException {
        night(stopping(), 1);
        String done = ofState("done");
        String asked = "e41";
        assertThat(state(done)).isEqualTo("done 2026-03-01");
        warehouse.execute("update crowdlab.annotation set label = (array['red', 'green', 'blue'])[row]"
                + " from (select annotator_id as who, row_number() over (order by annotator_id) as row"
                + " from crowdlab.annotation where example_id = '" + done
                + "') a where who = annotator_id and example_id = '"
                + done + "'");
        night(stopping(), 2);
        assertThat(state(done)).isEqualTo("done 2026-03-01");
        assertThat(state(asked)).isEqualTo("ask 2026-03-01");
        assertThat(warehouse.value(
                        "select probability < 0.8 from crowdlab_bi.label_state where example_id = '" + done + "'"))
                .isEqualTo("t");
        label(done, "a8", "red");
        night(stopping(), 3);
        assertThat(state(done)).isEqualTo("ask 2026-03-03");
        label(done, "a9", "green");
        night(stopping(), 4);
        assertThat(state(done)).isEqualTo("expert 2026-03-04");
        call(stopping(), "verify");
    }

    @Test
    void anotherRuleDecidesAnew() throws SQLException {
        night(stopping(), 1);
        String done = ofState("done");
        night(stopping().with("crowdlab.datasets.d.stop.max-labels", "4"), 2);
        assertThat(state(done)).isEqualTo("done 2026-03-01");
        night(stopping().with("crowdlab.datasets.d.stop.at", "0.999999"), 3);
        assertThat(state(done)).isEqualTo("ask 2026-03-03");
    }

    @Test
    void aNightInThePastKnowsNothingOfLaterOnes() throws SQLException {
        night(stopping(), 5);
        night(stopping(), 2);
        assertThat(warehouse.value("select string_agg(distinct since::date::text, ' ') from crowdlab.label_state_r2"))
                .isEqualTo("2026-03-02");
    }

    @Test
    void labelNextSaysWhereToStop() throws SQLException {
        call(stopping(), "run");
        assertThat(
                        warehouse.value(
                                "select count(*) || ' ' || count(*) filter (where n.state is distinct from s.state)"
                                        + " from crowdlab_bi.label_next n left join crowdlab_bi.label_state s using (dataset, example_id)"))
                .isEqualTo("41 0");
    }

    @Test
    void nothingElseChangesAndNothingIsStoredUnlessItIsAskedFor() throws SQLException {
        call(plain(), "run");
        assertThat(warehouse.value("select count(*) || ' ' || (settings ? 'stop_at')"
                        + " from crowdlab.run left join crowdlab.run_table t using (run_id) where t.table_name = 'label_quality'"
                        + " group by settings"))
                .isEqualTo("1 false");
        call(stopping(), "run");
        assertThat(warehouse.column("""
                select s.table_name || ' ' || s.row_count
                from crowdlab.run_table s
                left join crowdlab.run_table p on p.table_name = s.table_name and p.run_id = 1 and p.digest = s.digest
                where s.run_id = 2 and p.run_id is null
                    and s.table_name not in ('label_change', 'run_check', 'dataset_stats')
                order by 1""")).containsExactly("label_state 41");
    }

    @Test
    void aTargetWithoutGoldGivesNoStatesAndSaysSo() throws SQLException {
        String said = call(plain().with("crowdlab.datasets.d.stop.target-accuracy", "0.9"), "run");
        assertThat(said)
                .contains(
                        "No example has a state: stop.target-accuracy needs 50 gold labels of examples drawn at random, and"
                                + " there are 0");
        assertThat(warehouse.value("select count(*) from crowdlab.label_state")).isEqualTo("0");
        assertThat(warehouse.value("select count(*) from crowdlab.dataset_stats where statistic like 'state%'"))
                .isEqualTo("0");
    }

    @Test
    void goldThatContradictsWhatIsDoneLeavesNothingDoneAndSaysSo() throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'd', 'f' || e, 'a' || a, case when e % 2 = 0 then 'red' else 'green' end
                from generate_series(1, 60) e, generate_series(1, 3) a""");
        call(stopping(), "run");
        assertThat(warehouse.value(
                        "select count(*) from crowdlab_bi.label_state where state = 'done' and example_id like 'f%'"))
                .isEqualTo("60");
        warehouse.execute(
                "insert into crowdlab.gold (dataset, example_id, label)"
                        + " select distinct 'd', example_id, 'blue' from crowdlab.annotation where dataset = 'd' and label is not null");
        String said = call(stopping(), "run");
        assertThat(said).contains("No example is done: of ");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.label_state where state = 'done'"))
                .as(said)
                .isEqualTo("0");
        assertThat(warehouse.value(
                        "select upper < 0.8 from crowdlab_bi.dataset_stats where statistic = 'done_accuracy'"))
                .isEqualTo("t");
    }

    @Test
    void whatGoldDecidesIsDoneAndTheOthersAreMeasuredByTheLabelsFromBefore() throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'd', 'f' || e, 'a' || a, case when (e + a) % 4 = 0 then 'blue' else 'green' end
                from generate_series(1, 60) e, generate_series(1, 3) a""", """
                insert into crowdlab.gold (dataset, example_id, label)
                select 'd', 'f' || e, 'green' from generate_series(1, 60) e""");
        Program asked = plain().with("crowdlab.datasets.d.stop.target-accuracy", "0.9");
        call(asked, "run");
        call(asked.with("crowdlab.datasets.d.use-gold", "true"), "run");
        assertThat(warehouse.column("select run_id || ' ' || count(*) filter (where state = 'done') || ' ' || count(*)"
                        + " from crowdlab.label_state where example_id like 'f%' group by run_id order by run_id"))
                .last()
                .isEqualTo("2 60 60");
        assertThat(warehouse.value("select count(*) || ' ' || count(distinct (value, lower, upper, num_items))"
                        + " from crowdlab.dataset_stats where statistic = 'done_accuracy'"))
                .as("measured as without use-gold")
                .isEqualTo("2 1");
        assertThat(
                        warehouse.value(
                                "select count(*) from crowdlab_bi.label_state join crowdlab_bi.label_quality"
                                        + " using (example_id) where example_id not like 'f%' and state = 'done' and probability < 0.9"))
                .isEqualTo("0");
        call(asked, "verify");
    }

    @Test
    void theReportSaysWhoNeedsNobodyAndWhatLabelsBought() throws SQLException, IOException {
        night(stopping(), 1);
        assertThat(report(1)).contains("What labels bought is seen once a run follows that has more of them.");
        label("e41", "a2", "red");
        label("e41", "a3", "red");
        night(stopping(), 2);
        String done = warehouse.value("select count(*) from crowdlab_bi.label_state where state = 'done'");
        assertThat(report(2))
                .contains("<b>" + done + " of 41 examples</b> need nobody any more.")
                .contains("The last <b>2 labels</b>, since run 1 of 1 March 2026, left ")
                .contains("the estimated accuracy went from ")
                .containsPattern(
                        "The next <b>\\d+ labels?</b>, one for each example, the least certain first, would mend ");
        assertThat(report(1)).as("of a run whose states are still there").contains("The next <b>");
    }

    private String report(int run) throws IOException {
        Path file = directory.resolve("report.html");
        call(stopping(), "report", "--run", String.valueOf(run), "--out", file.toString());
        return Files.readString(file);
    }

    @Test
    void statesGoWithTheLargeTablesOfAnOldRunAndHaveThePseudonymOfAForgottenExample() throws SQLException {
        Program one = stopping().with("crowdlab.retention.runs", "1");
        call(one, "run");
        call(one, "run", "--force");
        assertThat(warehouse.partitions())
                .contains("crowdlab.label_state_r2")
                .doesNotContain("crowdlab.label_state_r1");
        call(one, "forget", "--example", "e7");
        assertThat(warehouse.value("select count(*) filter (where example_id = 'e7') || ' ' || count(*)"
                        + " from crowdlab_bi.label_state"))
                .isEqualTo("0 41");
        call(one, "verify");
    }
}
