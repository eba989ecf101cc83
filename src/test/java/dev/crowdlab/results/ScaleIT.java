package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grades on a scale: what their order adds to the tables. */
class ScaleIT {

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() throws SQLException {
        warehouse = Warehouse.empty();
        assertThat(warehouse.program().call("migrate").exitCode()).isZero();
        // a5 grades one too high, wherever there is room
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select d, 'e' || e, 'a' || w,
                    least(3, (e % 4) + case when w = 5 then 1 when (e * 7 + w * 5) % 9 = 0 then 2 else 0 end) * 5 + 10
                from unnest(array['graded', 'plain']) d, generate_series(1, 80) e, generate_series(1, 5) w
                where (e + w) % 4 > 0""");
    }

    @AfterAll
    static void drop() throws SQLException {
        assertThat(warehouse.chainFaults()).isEmpty();
        warehouse.close();
    }

    private static Program program(String dataset) {
        return warehouse.program().with("crowdlab.datasets." + dataset + ".classes", "10,15,20,25");
    }

    private static void run(Program program, String dataset) {
        Program.Result result = program.call("run", "--dataset", dataset);
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    @Test
    void theOrderOfClassesAddsStatisticsAndChangesNothingElse(@TempDir Path folder) throws Exception {
        Program interval = program("graded").with("crowdlab.datasets.graded.scale", "interval");
        run(interval, "graded");
        run(program("plain"), "plain");
        assertThat(warehouse.column("""
                        select statistic from crowdlab_bi.dataset_stats g
                        where dataset = 'graded' and lower < value and value < upper
                            and not exists (select from crowdlab_bi.dataset_stats p
                                where p.dataset = 'plain' and p.statistic = g.statistic)
                        order by 1"""))
                .containsExactly(
                        "gwet_ac2",
                        "krippendorff_alpha_interval",
                        "krippendorff_alpha_ordinal",
                        "mean_linear_kappa",
                        "mean_quadratic_kappa");
        assertThat(warehouse.value("""
                        select count(*) from crowdlab_bi.dataset_stats p
                        join crowdlab_bi.dataset_stats g using (statistic)
                        where p.dataset = 'plain' and g.dataset = 'graded'
                            and (p.value, p.lower, p.upper, p.num_items) is distinct from (g.value, g.lower, g.upper, g.num_items)""")).isEqualTo("0");
        assertThat(warehouse.column("""
                        select g.table_name from crowdlab.run_table g
                        join crowdlab.published_run pg on pg.run_id = g.run_id and pg.dataset = 'graded'
                        join crowdlab.run_table p on p.table_name = g.table_name and p.digest <> g.digest
                        join crowdlab.published_run pp on pp.run_id = p.run_id and pp.dataset = 'plain'
                        order by 1"""))
                .containsExactly("annotator_pair", "annotator_stats", "dataset_stats", "label_quality");
        assertThat(warehouse.value("select count(*) from crowdlab_bi.annotator_pairs"
                        + " where dataset = 'plain' and (linear_kappa, quadratic_kappa) is not null"))
                .isEqualTo("0");
        assertThat(interval.call("verify").exitCode()).isZero();
        Path report = folder.resolve("report.html");
        assertThat(interval.call("report", "--dataset", "graded", "--out", report.toString())
                        .exitCode())
                .isZero();
        assertThat(Files.readString(report))
                .contains("Alpha, ordinal", "Gwet’s AC2", "Kappa, quadratic weights", "Above consensus");
        assertThat(interval.call("run", "--dataset", "graded").out()).contains("nothing new");
        Program.Result again = program("graded")
                .with("crowdlab.datasets.graded.scale", "ordinal")
                .call("run", "--dataset", "graded");
        assertThat(again.out()).doesNotContain("nothing new");
    }

    @Test
    void theMedianIsTheFirstClassThatReachesHalfOfThePosterior() throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'median', example_id, annotator_id, label from crowdlab.annotation where dataset = 'plain'""");
        Program program = program("median")
                .with("crowdlab.datasets.median.scale", "ordinal")
                .with("crowdlab.datasets.median.store-posterior", "true")
                .with("crowdlab.datasets.median.consensus-methods", "committee,best_quality");
        run(program, "median");
        assertThat(warehouse.column("""
                        select l.example_id || ' ' || l.posterior_median || ' ' || m.median
                        from crowdlab_bi.label_quality l
                        join lateral (
                            select (array['10', '15', '20', '25'])[min(place)] as median
                            from crowdlab.label_posterior p
                            cross join lateral (
                                select place, sum(share) over (order by place) as reached
                                from unnest(p.posterior) with ordinality as s (share, place)) c
                            where p.run_id = l.run_id and p.example_id = l.example_id and reached >= 0.5 - 1e-12) m on true
                        where l.dataset = 'median' and l.posterior_median is distinct from m.median""")).isEmpty();
        assertThat(warehouse.value("select count(*) filter (where posterior_median = consensus_label) > 40 and"
                        + " count(posterior_median) = 80 from crowdlab_bi.label_quality where dataset = 'median'"))
                .isEqualTo("t");
    }

    @Test
    void pairsAndDifferencesAreThoseOfSql() throws SQLException {
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'counted', example_id, annotator_id, label from crowdlab.annotation where dataset = 'graded'""");
        run(program("counted").with("crowdlab.datasets.counted.scale", "interval"), "counted");
        List<String> wrongPairs = warehouse.column("""
                with given as (
                    select example_id, annotator_id, label::int as grade from crowdlab.annotation where dataset = 'counted'),
                common as (
                    select a.annotator_id as a, b.annotator_id as b, a.grade as x, b.grade as y
                    from given a join given b using (example_id) where a.annotator_id < b.annotator_id),
                apart as (
                    select a, b, count(*) as n, sum(abs(x - y)) as d, sum((x - y) ^ 2) as dd from common group by 1, 2),
                chance as (
                    select c.a, c.b, sum(abs(c.x - o.y)) as e, sum((c.x - o.y) ^ 2) as ee
                    from common c join common o on o.a = c.a and o.b = c.b group by 1, 2)
                select p.annotator_a || ' ' || p.annotator_b
                from crowdlab_bi.annotator_pairs p
                left join apart s on s.a = p.annotator_a and s.b = p.annotator_b
                left join chance c on c.a = s.a and c.b = s.b
                where p.dataset = 'counted' and (abs(p.linear_kappa - (1 - n * d / e::float8)) < 1e-12
                    and abs(p.quadratic_kappa - (1 - n * dd / ee::float8)) < 1e-12) is not true""");
        assertThat(wrongPairs).isEmpty();
        assertThat(warehouse.value("""
                        select count(*) from crowdlab_bi.annotator_stats s
                        join (
                            select annotator_id, avg(d.label::int - l.consensus_label::int) as mean
                            from crowdlab_bi.detailed_label_quality d
                            join crowdlab_bi.label_quality l using (dataset, example_id)
                            where dataset = 'counted' group by 1) m using (annotator_id)
                        where s.dataset = 'counted' and abs(s.signed_difference - m.mean) < 1e-9
                            and s.signed_lower < m.mean and m.mean < s.signed_upper""")).isEqualTo("5");
        assertThat(warehouse.column("select annotator_id from crowdlab_bi.annotator_stats"
                        + " where dataset = 'counted' and signed_lower > 2"))
                .containsExactly("a5");
    }
}
