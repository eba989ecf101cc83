package dev.crowdlab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crowdlab.testing.Program;
import dev.crowdlab.testing.Warehouse;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The statistics in the database, against what SQL makes of the labels there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatisticsIT {

    private Warehouse warehouse;

    @BeforeAll
    void runOnce() throws SQLException {
        warehouse = Warehouse.empty();
        assertThat(warehouse.program().call("migrate").exitCode()).isZero();
        warehouse.execute("""
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                select 'timed', 'e' || e, 'a' || w, case when (e * 31 + w * w) % 11 < 6 + w % 3 then 'x' else 'y' end,
                    case when e % 7 > 0 then timestamptz '1999-12-30 23:00Z' + (e * 37 + w * 11) * interval '1 hour' end
                from generate_series(1, 60) e, generate_series(1, 9) w
                where (e + w) % 4 > 0""", """
                insert into crowdlab.annotation
                values ('timed', 'e2', 'a5', 'x', '2031-01-01Z'), ('timed', 'e2', 'a5', 'x', '2032-01-01Z'),
                    ('timed', 'e3', 'a6', 'z', 'infinity')""", """
                insert into crowdlab.annotation
                select 'untimed', example_id, annotator_id, label from crowdlab.annotation where label <> 'z'""", """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label, annotated_at)
                select 'turned', 'e' || e, 'a' || w, case when (e % 2 = 0) = (w = 1 and e > 240) then 'x' else 'y' end,
                    timestamptz '2026-01-05 08:00Z' + (e - 1) / 30 * interval '7 days'
                from generate_series(1, 300) e, generate_series(1, 9) w
                where (e + w) % 3 > 0""", """
                insert into crowdlab.annotation (dataset, example_id, annotator_id, label)
                select 'guessed', 'e' || e, 'a' || w, chr(97 + case when digit < 8 then e else digit end % 4)
                from generate_series(1, 300) e, generate_series(1, 5) w,
                    lateral (select ('x' || left(md5(e || ' ' || w), 1))::bit(4)::int as digit) r
                where (e + w) % 5 <= e % 4""", """
                insert into crowdlab.prediction (dataset, example_id, label, probability)
                select 'guessed', 'e' || e, chr(97 + c), case when e % 4 = c then 0.4 + e % 2 * 0.45 else 0.2 - e % 2 * 0.15 end
                from generate_series(1, 300) e, generate_series(0, 3) c""", """
                insert into crowdlab.prediction (dataset, model, example_id, label, probability)
                select 'timed', m, 'e' || e, label, case when label = 'z' then 0 when label = 'x' then share else 1 - share end
                from (select m, e, (e * length(m) % 13) / 12.0 as share from unnest(array['one', 'model']) m, generate_series(1, 80) e) s,
                    unnest(array['x', 'y', 'z']) label""");
        Program.Result result = warehouse.program().call("run");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }

    @AfterAll
    void drop() {
        warehouse.close();
    }

    @Test
    void timesAreThoseOfTheInputTheDecidingOneOfRepeats() throws SQLException {
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(d.annotated_at)
                    || ' ' || count(*) filter (where d.annotated_at is distinct from i.annotated_at)
                from crowdlab_bi.detailed_label_quality d
                join (
                    select example_id, annotator_id, max(annotated_at) as annotated_at
                    from crowdlab.annotation
                    where dataset = 'timed'
                    group by 1, 2) i using (example_id, annotator_id)
                where d.dataset = 'timed'""")).matches("[1-9]\\d+ [1-9]\\d+ 0");
        assertThat(warehouse.value("select annotated_at = '2032-01-01Z' from crowdlab_bi.detailed_label_quality"
                        + " where dataset = 'timed' and example_id = 'e2' and annotator_id = 'a5'"))
                .isEqualTo("t");
        assertThat(warehouse.value(
                        "select count(annotated_at) from crowdlab_bi.detailed_label_quality where dataset = 'untimed'"))
                .isEqualTo("0");
    }

    @Test
    void pairsAreThoseOfAJoinOfTheLabels() throws SQLException {
        assertThat(warehouse.value("""
                with label as (select * from crowdlab_bi.detailed_label_quality where dataset = 'timed'),
                common as (
                    select a.annotator_id as annotator_a, b.annotator_id as annotator_b, a.label as label_a, b.label as label_b
                    from label a join label b on b.example_id = a.example_id and b.annotator_id > a.annotator_id),
                pair as (
                    select annotator_a, annotator_b, count(*) as n, count(*) filter (where label_a = label_b) as agreed,
                        (select sum((select count(*) from common x where (x.annotator_a, x.annotator_b) = (c.annotator_a, c.annotator_b)
                                and x.label_a = k)
                            * (select count(*) from common x where (x.annotator_a, x.annotator_b) = (c.annotator_a, c.annotator_b)
                                and x.label_b = k)) from unnest(array['x', 'y', 'z']) k) as e
                    from common c group by annotator_a, annotator_b)
                select count(*) || ' ' || count(p.num_common) || ' ' || count(*) filter (where (p.num_common, p.num_agreed) <> (q.n, q.agreed)
                    or abs(p.cohen_kappa - (q.n * q.agreed - q.e) / nullif(q.n * q.n - q.e, 0)) > 1e-12
                    or (p.cohen_kappa is null) <> (q.n * q.n = q.e))
                from pair q left join (
                    select * from crowdlab.annotator_pair where run_id = (select run_id from crowdlab.published_run where dataset = 'timed')) p
                    using (annotator_a, annotator_b)""")).isEqualTo("36 36 0");
    }

    @Test
    void periodsAreWeeksThatBeginOnMonday() throws SQLException {
        assertPeriods("timed", "week");
    }

    /** The labels of the last two of ten weeks are all wrong. */
    @Test
    void theAnnotatorWhoTurnedIsDrifting() throws SQLException {
        assertPeriods("turned", "week");
        assertThat(warehouse.column("select annotator_id || ' ' || period_start from crowdlab_bi.annotator_periods"
                        + " where dataset = 'turned' and is_drifting order by 1"))
                .containsExactly("a1 2026-03-02", "a1 2026-03-09");
    }

    @Test
    @Tag("slow")
    void periodsAreDaysOnRequestWhichIsAReasonToRunAgain() throws SQLException {
        Program.Result result =
                warehouse.program().with("crowdlab.periods", "day").call("run", "--dataset", "timed");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
        assertPeriods("timed", "day");
        assertThat(warehouse.program().call("run", "--dataset", "timed").exitCode())
                .isZero();
    }

    private void assertPeriods(String dataset, String length) throws SQLException {
        assertThat(warehouse.value("""
                with expected as (
                    select d.run_id, d.annotator_id, date_trunc('%2$s', d.annotated_at at time zone 'UTC')::date as period_start,
                        count(*) as n, avg((d.label = l.consensus_label)::int) as agreement, avg(d.quality_score) as quality
                    from crowdlab_bi.detailed_label_quality d
                    join crowdlab_bi.label_quality l using (dataset, run_id, example_id)
                    where d.dataset = '%1$s' and isfinite(d.annotated_at)
                    group by 1, 2, 3),
                pool as (
                    select e.*, sum(n) over two as recent, sum(n * agreement) over two / sum(n) over two as now,
                        sum(n) over eight as earlier, sum(n * agreement) over eight / sum(n) over eight as before
                    from expected e
                    window two as (partition by annotator_id order by period_start rows 1 preceding),
                        eight as (partition by annotator_id order by period_start rows between 9 preceding and 2 preceding)),
                interval as (
                    select p.*, 1.6448536269514722 ^ 2 / n as z, recent >= 10 and earlier >= 20
                        and before - now > 3 * sqrt((before + now) / 2 * (1 - (before + now) / 2) * (1.0 / recent + 1.0 / earlier)) as drifts
                    from pool p)
                select (count(*) > 20) || ' ' || count(*) filter (where p.num_annotations is distinct from i.n
                    or abs(p.agreement_with_consensus - i.agreement) > 1e-12 or abs(p.mean_quality_score - i.quality) > 1e-12
                    or abs(p.quality_lower - (quality + z / 2 - sqrt(z * (quality * (1 - quality) + z / 4))) / (1 + z)) > 1e-9
                    or abs(p.quality_upper - (quality + z / 2 + sqrt(z * (quality * (1 - quality) + z / 4))) / (1 + z)) > 1e-9
                    or (p.agreement_drop is null) <> (before is null) or abs(p.agreement_drop - (before - now)) > 1e-12
                    or p.is_drifting <> coalesce(drifts, false))
                from interval i
                full join (
                    select * from crowdlab.annotator_period
                    where run_id = (select run_id from crowdlab.published_run where dataset = '%1$s')) p
                    on p.annotator_id = i.annotator_id and p.period_start = i.period_start""".formatted(dataset, length))).isEqualTo("true 0");
    }

    @Test
    void annotatorsHaveIntervalsTheModelsAgreementAndTheirTimes() throws SQLException {
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(*) filter (where not (
                    s.quality_lower <= s.annotator_quality and s.annotator_quality <= s.quality_upper
                    and abs(s.agreement_with_model - e.model) < 1e-12
                    and (s.first_annotated_at, s.last_annotated_at) = (e.first, e.last)))
                from crowdlab_bi.annotator_stats s
                join (
                    select d.annotator_id, avg((d.label = l.model_label)::int) as model,
                        min(d.annotated_at) filter (where isfinite(d.annotated_at)) as first,
                        max(d.annotated_at) filter (where isfinite(d.annotated_at)) as last
                    from crowdlab_bi.detailed_label_quality d
                    join crowdlab_bi.label_quality l using (dataset, example_id)
                    where d.dataset = 'timed'
                    group by 1) e using (annotator_id)
                where s.dataset = 'timed'""")).isEqualTo("9 0");
        assertThat(warehouse.value("select count(agreement_with_model) || ' ' || count(first_annotated_at)"
                        + " from crowdlab_bi.annotator_stats where dataset = 'untimed'"))
                .isEqualTo("0 0");
    }

    @Test
    void theModelsLabelIsThatOfTheirMean() throws SQLException {
        assertThat(warehouse.value("""
                select count(*) || ' ' || count(*) filter (where abs(l.model_probability - m.most) > 1e-12
                    or not l.model_label = any (m.labels))
                from crowdlab_bi.label_quality l
                join (
                    select example_id, max(mean) as most, array_agg(label) filter (where mean > best - 1e-12) as labels
                    from (
                        select example_id, label, avg(probability) as mean, max(avg(probability)) over (partition by example_id) as best
                        from crowdlab.prediction where dataset = 'timed' group by 1, 2) s
                    group by 1) m using (example_id)
                where l.dataset = 'timed'""")).isEqualTo("60 0");
    }

    @Test
    void theBinsCountTheLabels() throws SQLException {
        assertThat(warehouse.value("""
                with counted as (
                    select l.dataset, least(floor(l.consensus_quality_score * 20)::integer + 1, 20) as bin, l.num_annotations,
                        coalesce(q.reason, 'NONE') as reason, count(*) as num_examples
                    from crowdlab_bi.label_quality l
                    left join crowdlab_bi.review_queue q using (dataset, example_id)
                    group by 1, 2, 3, 4)
                select (count(*) > 20) || ' ' || count(distinct coalesce(b.reason, c.reason))
                    || ' ' || count(*) filter (where b.num_examples is distinct from c.num_examples)
                from counted c
                full join (
                    select p.dataset, b.*
                    from crowdlab.label_quality_bin b
                    join crowdlab.published_run p using (run_id)) b using (dataset, bin, num_annotations, reason)""")).isEqualTo("true 6 0");
        assertThat(warehouse.value("select bool_and(num_examples = (select count(*) from crowdlab_bi.label_quality l"
                        + " where l.dataset = h.dataset and l.consensus_quality_score >= bin_lower"
                        + " and (l.consensus_quality_score < bin_upper or bin = 20)))"
                        + " from crowdlab_bi.label_quality_histogram h"))
                .isEqualTo("t");
    }

    @Test
    void everyStatisticHasARowAndAnIntervalOrAReason() throws SQLException {
        assertThat(warehouse.column("""
                select statistic || ' ' || num_items || ' ' || case when lower <= value and value <= upper then 'interval' else coalesce(note, 'count') end
                from crowdlab.dataset_stats s join crowdlab.published_run using (run_id)
                where dataset = 'timed' order by 1"""))
                .containsExactly(
                        "coverage 80 count",
                        "fleiss_kappa 60 It takes examples that all have the same number of annotations, and these differ.",
                        "gwet_ac1 60 interval",
                        "krippendorff_alpha 60 interval",
                        "mean_cohen_kappa 36 interval",
                        "overlap 60 count",
                        "percent_agreement 60 interval");
        assertThat(warehouse.value("""
                with pair as (
                    select a.example_id, avg((a.label = b.label)::int) as agreeing
                    from crowdlab_bi.detailed_label_quality a
                    join crowdlab_bi.detailed_label_quality b
                        on b.dataset = a.dataset and b.example_id = a.example_id and b.annotator_id <> a.annotator_id
                    where a.dataset = 'timed'
                    group by 1)
                select abs((select avg(agreeing) from pair) - value) < 1e-12
                from crowdlab.dataset_stats join crowdlab.published_run using (run_id)
                where dataset = 'timed' and statistic = 'percent_agreement'""")).isEqualTo("t");
        assertThat(warehouse.value("select value from crowdlab.dataset_stats join crowdlab.published_run using (run_id)"
                        + " where dataset = 'timed' and statistic = 'coverage'"))
                .isEqualTo("0.75");
    }

    @Test
    void allOfItIsVerified() {
        Program.Result result = warehouse.program().call("verify");
        assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    }
}
