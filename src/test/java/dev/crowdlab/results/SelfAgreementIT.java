package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Annotators who label an example again. */
class SelfAgreementIT {

    @Test
    void whoLabelsAgainIsComparedWithTheLabelBefore(@TempDir Path folder) throws Exception {
        try (Warehouse warehouse = filled()) {
            Program plain = warehouse.program().with("crowdlab.datasets.d.abstain", "unsure");
            run(plain);
            String before = digests(warehouse);
            Program program = plain.with("crowdlab.datasets.d.self-agreement", "true");
            run(program);
            assertThat(digests(warehouse)).isEqualTo(before);
            assertThat(warehouse.column(
                            "select concat_ws(' ', annotator_id, num_repeated, round(self_agreement::numeric, 3),"
                                    + " round(self_lower::numeric, 3), round(self_upper::numeric, 3))"
                                    + " from crowdlab_bi.annotator_stats order by annotator_id"))
                    .containsExactly("a 30 0.800 0.657 0.893", "b 0", "c 3 0.333 0.078 0.746");
            Path report = folder.resolve("report.html");
            assertThat(program.call("report", "--dataset", "d", "--out", report.toString())
                            .exitCode())
                    .isZero();
            assertThat(Files.readString(report)).contains("With self");
            assertThat(program.call("verify").exitCode()).isZero();
            assertThat(warehouse.chainFaults()).isEmpty();
        }
    }

    /**
     * Annotator a labels 30 examples again, a fifth of them otherwise; b has copies of rows, rows without a time and
     * different labels of one time; c labels one example four times, x x y x, then says "unsure".
     */
    private static Warehouse filled() throws SQLException {
        Warehouse warehouse = Warehouse.empty();
        assertThat(warehouse.program().call("migrate").exitCode()).isZero();
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                select 'd', 'e' || e, 'a', case when again = 1 and e % 5 = 0 then 'y' else 'x' end,
                    timestamptz '2026-03-02 12:00Z' + again * interval '1 day'
                from generate_series(1, 30) e, generate_series(0, 1) again""", """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                select 'd', 'e' || e, 'b', label, at
                from generate_series(1, 30) e, (values
                    ('x', timestamptz '2026-03-02 12:00Z', 1), ('x', '2026-03-02 12:00Z', 1), ('x', null, 1),
                    ('x', '2026-03-03 12:00Z', 2), ('y', '2026-03-03 12:00Z', 2), ('y', '2026-03-04 12:00Z', 2))
                    v (label, at, half)
                where half = 1 + (e > 15)::int""", """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                select 'd', 'e31', 'c', label, timestamptz '2026-03-02Z' + place * interval '1 hour'
                from unnest(array['x', 'x', 'y', 'x', 'unsure', 'x']) with ordinality as v (label, place)
                where place <> 6
                union all
                select 'd', 'e' || e, 'c', 'x', '2026-03-02Z' from generate_series(1, 20) e""");
        return warehouse;
    }

    private static void run(Program program) {
        Program.Result result = program.call("run", "--force", "--dataset", "d");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    /** Of all other tables of the published run. */
    private static String digests(Warehouse warehouse) throws SQLException {
        return warehouse.value("select string_agg(table_name || ' ' || digest, ', ' order by table_name)"
                + " from crowdlab.run_table join crowdlab.published_run using (run_id)"
                + " where table_name not in ('annotator_stats', 'label_change', 'run_check')");
    }
}
