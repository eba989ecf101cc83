package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next annotator would say, of a run that is asked to store it. */
class SoftLabelIT {

    private Warehouse warehouse;

    @BeforeEach
    void fill() throws SQLException {
        warehouse = Warehouse.with("d");
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
                .with("crowdlab.datasets.d.consensus-methods", "committee,best_quality")
                .with("crowdlab.retention.grace", "0s");
    }

    private Program storing() {
        return plain().with("crowdlab.datasets.d.store-soft-labels", "true");
    }

    private static void call(Program program, String... arguments) {
        Program.Result result = program.call(arguments);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    /** From the votes that the run has stored; shares no code with the program. */
    @Test
    void halfOfThemAreTheSmoothedVotesAndTheirSumIsOne() throws SQLException {
        call(storing().with("crowdlab.datasets.d.store-posterior", "true"), "run");
        assertThat(warehouse.value("""
                with vote as (
                    select example_id, label, count(*) as n from crowdlab_bi.detailed_label_quality group by 1, 2),
                class as (
                    select label, coalesce((select sum(n) from vote v where v.label = c.label), 0)
                        / (select sum(n) from vote) as share
                    from crowdlab_bi.run_classes c),
                smoothed as (
                    select e.example_id, c.label, (coalesce(v.n, 0) + 2 * c.share) / (e.num_annotations + 2) as p
                    from crowdlab_bi.label_quality e
                    cross join class c
                    left join vote v using (example_id, label))
                select count(*) || ' ' || count(*) filter (where s.probability < p / 2 - 1e-9 or s.probability > p / 2 + 0.5)
                from crowdlab_bi.soft_label s
                join smoothed m on m.example_id = s.example_id and m.label = s.class""")).isEqualTo("120 0");
        assertThat(warehouse.value("""
                select count(*) || ' ' || bool_and(abs(total - 1) < 1e-9) || ' ' || bool_and(classes = 3)
                from (
                    select sum(probability) as total, count(*) as classes
                    from crowdlab_bi.soft_label group by example_id) e""")).isEqualTo("40 true true");
    }

    @Test
    void theyAreStoredInTheOrderOfTheKey() throws SQLException {
        call(storing(), "run");
        assertThat(warehouse.value("""
                select string_agg(example_id || class, ' ' order by ctid) = string_agg(example_id || class, ' '
                    order by example_id collate "C", class collate "C")
                from crowdlab.soft_label""")).isEqualTo("t");
        call(storing(), "verify");
    }

    @Test
    void nothingElseChangesAndNothingIsStoredUnlessItIsAskedFor() throws SQLException {
        call(plain(), "run");
        assertThat(warehouse.column("select table_name from crowdlab.run_table"))
                .doesNotContain("soft_label");
        assertThat(warehouse.value("select settings ? 'store_soft_labels' from crowdlab.run"))
                .isEqualTo("f");
        call(storing(), "run");
        assertThat(warehouse.column("""
                select s.table_name || ' ' || s.row_count
                from crowdlab.run_table s
                left join crowdlab.run_table p on p.table_name = s.table_name and p.run_id = 1 and p.digest = s.digest
                where s.run_id = 2 and p.run_id is null and s.table_name not in ('label_change', 'run_check')
                order by 1""")).containsExactly("soft_label 120");
    }

    @Test
    void theyGoWithTheLargeTablesOfAnOldRunAndHaveThePseudonymOfAForgottenExample() throws SQLException {
        Program one = storing().with("crowdlab.retention.runs", "1");
        call(one, "run");
        call(one, "run", "--force");
        assertThat(warehouse.partitions()).contains("crowdlab.soft_label_r2").doesNotContain("crowdlab.soft_label_r1");
        call(one, "forget", "--example", "e7");
        assertThat(warehouse.value("select count(*) filter (where example_id = 'e7') || ' ' || count(*)"
                        + " from crowdlab_bi.soft_label"))
                .isEqualTo("0 120");
        call(one, "verify");
    }

    @Test
    void verifyFindsWhatWasChanged() throws SQLException {
        call(storing(), "run");
        String change = "update crowdlab.soft_label set example_id = '%s' where example_id = '%s'";
        warehouse.execute(change.formatted("x", "e1"));
        Program.Result result = storing().call("verify");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.out() + result.err()).contains("soft_label");
        warehouse.execute(change.formatted("e1", "x"));
        call(storing(), "verify");
    }
}
