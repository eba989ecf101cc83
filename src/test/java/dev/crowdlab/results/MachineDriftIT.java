package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Machines of which a new version answers under the old name. */
class MachineDriftIT {

    private Warehouse warehouse;

    /** Everybody labels 20 examples in each of ten weeks, of which the machines label all; the rest is in the last week. */
    @BeforeEach
    void fill() throws SQLException {
        warehouse = PeopleAndMachinesTable.warehouse();
        warehouse.execute(
                "update public.label set annotated_at ="
                        + " timestamptz '2026-01-05 12:00Z' + least(9, (substr(example_id, 2)::int - 1) / 20) * interval '7 days'");
    }

    @AfterEach
    void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private Program program() {
        return warehouse
                .program()
                .with(
                        "crowdlab.datasets.d.annotations-query",
                        "select example_id, annotator_id, label, annotated_at from public.label")
                .with("crowdlab.datasets.d.machines", "gpt-*");
    }

    private void run() {
        Program.Result result = program().call("run", "--force");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    private List<String> findings() throws SQLException {
        return warehouse.column("select code || ': ' || message from crowdlab_bi.run_checks"
                + " where code in ('DRIFT', 'MACHINE_DRIFT', 'MACHINES_CHANGED') order by 1");
    }

    private void flip(String where) throws SQLException {
        warehouse.execute("update public.label set label = case label when 'a' then 'b' else 'a' end where " + where);
    }

    @Test
    void aVersionThatIsWorseFromAWeekOnIsTold() throws SQLException {
        flip("annotator_id = 'gpt-1' and example_id between 'e0161' and 'e0200'");
        run();
        assertThat(findings())
                .containsExactly("MACHINE_DRIFT: 1 machine agrees with people less or more often than before: 'gpt-1'"
                        + " (20.0 %, 80.0 % before); if a new version answers under the old name, give each version an id of"
                        + " its own. See machine_period.");
        assertThat(warehouse.column(
                        "select period_start || ' ' || num_overlap || ' ' || round(agreement_with_people::numeric, 2)"
                                + " || ' ' || is_changed from crowdlab_bi.machine_period where annotator_id = 'gpt-1'"
                                + " order by period_start offset 7"))
                .containsExactly("2026-02-23 20 0.80 false", "2026-03-02 20 0.20 true", "2026-03-09 20 0.20 true");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.annotator_periods where annotator_id like 'gpt%'"))
                .isEqualTo("0");
        assertThat(program().call("run", "--dry-run", "--force").out())
                .contains("1 machine agrees with people less or more");
    }

    @Test
    void aVersionThatIsBetterIsTold() throws SQLException {
        flip(
                "annotator_id = 'gpt-1' and example_id between 'e0001' and 'e0160' and right(example_id, 1) in ('1', '2', '4', '5', '7', '8')");
        run();
        assertThat(findings()).hasSize(1);
        assertThat(findings().get(0)).startsWith("MACHINE_DRIFT: ").contains("'gpt-1' (80.0 %, ");
    }

    @Test
    void aVersionThatLabelsEverythingAnewIsFoundByTheRunBefore() throws SQLException {
        run();
        assertThat(findings()).isEmpty();
        flip("annotator_id = 'gpt-1'");
        warehouse.execute(
                "update public.label set annotated_at = '2026-03-20Z' where annotator_id = 'gpt-1'",
                "delete from public.label where annotator_id = 'gpt-6'");
        run();
        assertThat(findings()).hasSize(1);
        assertThat(findings().get(0))
                .matches(
                        "MACHINES_CHANGED: 2 machines are right less or more often than in run 1, published before, or used no"
                                + " more: 'gpt-1' \\(2\\d\\.\\d %, 7\\d\\.\\d % before\\), 'gpt-6' \\(gone\\); if a new version answers.*");
        run();
        assertThat(findings()).isEmpty();
    }

    @Test
    void withoutTimesThereAreNoPeriods() throws SQLException {
        warehouse.execute("update public.label set annotated_at = null where annotator_id like 'gpt%'");
        run();
        assertThat(warehouse.value("select count(*) from crowdlab_bi.machine_period"))
                .isEqualTo("0");
        assertThat(findings()).isEmpty();
    }
}
