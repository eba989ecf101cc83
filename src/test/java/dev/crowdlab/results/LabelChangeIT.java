package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The changes are those that the server would find by joining the labels of both runs. */
class LabelChangeIT {

    /** Ids of one to four bytes a character, whose order differs between code points and Java's chars. */
    private static final String ID = "(array['', 'a', 'é', '｡', '😀'])[e % 5 + 1] || e";

    private Warehouse warehouse;

    @BeforeEach
    void publish() throws SQLException {
        warehouse = Warehouse.empty();
        assertThat(warehouse.program().call("migrate").exitCode()).isZero();
        label("select " + ID + ", 'a' || w, case e % 3 when 0 then 'x' when 1 then 'y' else 'long label ' || e % 2 end"
                + " from generate_series(1, 9000) e, generate_series(1, 2) w");
        run();
    }

    @AfterEach
    void drop() {
        warehouse.close();
    }

    @Test
    void newChangedAndGoneExamplesAreWritten() throws SQLException {
        warehouse.execute("delete from crowdlab.annotation where example_id ~ '[37]$'");
        warehouse.execute("update crowdlab.annotation set label = 'x' where example_id ~ '[0-4]$'");
        label("select " + ID + ", 'a1', 'y' from generate_series(9001, 15000) e");
        run();
        assertThat(kinds()).isEqualTo("1800 6000 2400");
        assertThat(differencesFromTheServersJoin()).isEqualTo("0 0");
        assertThat(warehouse.program().call("verify").exitCode()).isZero();
    }

    @Test
    void allIdsAreNewAndAllFormerOnesGone() throws SQLException {
        warehouse.execute("update crowdlab.annotation set example_id = '_' || example_id");
        assertThat(warehouse.program().call("run").exitCode())
                .isEqualTo(3); // refused, and what it would change is kept
        assertThat(kinds()).isEqualTo("9000 9000 0");
        assertThat(differencesFromTheServersJoin()).isEqualTo("0 0");
    }

    @Test
    void equalLabelsAreNoChange() throws SQLException {
        assertThat(warehouse.program().call("run", "--force").exitCode()).isZero();
        assertThat(kinds()).isEqualTo("0 0 0");
    }

    private void label(String rows) throws SQLException {
        warehouse.execute(
                "insert into crowdlab.annotation (dataset, example_id, annotator_id, label) select 'moved', q.* from ("
                        + rows + ") q");
    }

    private void run() {
        Program.Result result = warehouse.program().call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    /** How many examples are gone, new and changed. */
    private String kinds() throws SQLException {
        return warehouse.value("""
                select concat_ws(' ', count(*) filter (where consensus_label is null), count(*) filter (where previous_label is null),
                    count(*) filter (where consensus_label <> previous_label))
                from crowdlab.label_change
                where run_id = (select max(run_id) from crowdlab.run)""");
    }

    private String differencesFromTheServersJoin() throws SQLException {
        return warehouse.value("""
                with expected as (
                    select coalesce(n.example_id, p.example_id), p.consensus_label as previous_label, n.consensus_label,
                        p.consensus_quality_score as previous_score, n.consensus_quality_score
                    from (select * from crowdlab.label_quality where run_id = (select max(run_id) from crowdlab.run)) n
                    full join (select * from crowdlab.label_quality where run_id = (select min(run_id) from crowdlab.run)) p
                        on p.example_id = n.example_id
                    where n.consensus_label is distinct from p.consensus_label),
                written as (
                    select example_id, previous_label, consensus_label, previous_score, consensus_quality_score
                    from crowdlab.label_change
                    where run_id = (select max(run_id) from crowdlab.run))
                select (select count(*) from (table expected except all table written) q) || ' '
                    || (select count(*) from (table written except all table expected) q)""");
    }
}
