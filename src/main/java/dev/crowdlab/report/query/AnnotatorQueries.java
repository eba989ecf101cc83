package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Dot;
import dev.crowdlab.report.figures.AnnotatorFigures.Gold;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Habits;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.AnnotatorFigures.MixUp;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.AnnotatorFigures.Size;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the annotators. Their order is determined by the database, so that only those shown are read. */
final class AnnotatorQueries {

    /** The engine's least weight. */
    private static final double MIN_WEIGHT = 1e-6;

    private static final String MIDDLE = """
            select count(*), pg_catalog.percentile_cont(0.5) within group (order by annotator_quality) filter (where enough),
                count(*) filter (where enough),
                pg_catalog.percentile_cont(0.5) within group (order by gold_accuracy) filter (where enough_gold),
                count(*) filter (where enough_gold)
            from (
                select annotator_quality, annotator_quality is not null and num_examples_labeled >= :enough as enough,
                    gold_accuracy, coalesce(num_gold, 0) >= :enough as enough_gold
                from crowdlab.annotator_stats
                where run_id = :run) s""";

    /** Runs of version 0.2.0 stored no interval: there it is computed, by Wilson as later ones do. */
    private static final String PLACED = """
            with placed as (
                select s.*, case
                    when s.annotator_id = any(:drifting::text[]) then 'DRIFTING'
                    when s.annotator_id = any(:one_class::text[]) then 'ONE_CLASS'
                    when :middle::double precision is null or s.annotator_quality is null or s.num_examples_labeled < :enough
                        then 'FEW'
                    when s.num_gold >= :enough and :gold_middle::double precision is not null then case
                        when s.gold_upper < :gold_middle then 'BELOW'
                        when s.gold_lower > :gold_middle then 'ABOVE'
                        else 'IN_LINE'
                    end
                    when s.quality_upper < :middle then 'BELOW'
                    when s.quality_lower > :middle then 'ABOVE'
                    else 'IN_LINE'
                end as place
                from (%s) s)
            """.formatted("""
            select a.run_id, a.annotator_id, a.annotator_quality, a.quality_reason, a.agreement_with_consensus,
                a.num_examples_labeled, a.annotator_weight, a.agreement_with_annotators, a.agreement_imputed,
                coalesce(a.quality_lower, greatest(0, w.middle - w.reach)) as quality_lower,
                coalesce(a.quality_upper, least(1, w.middle + w.reach)) as quality_upper,
                a.agreement_with_model, a.gold_accuracy, a.gold_lower, a.gold_upper, a.num_gold, a.first_annotated_at,
                a.last_annotated_at, a.signed_difference, a.signed_lower, a.signed_upper,
                coalesce(a.num_abstained, -1) as num_abstained, a.self_agreement, a.self_lower, a.self_upper
            from crowdlab.annotator_stats a
            cross join lateral (select 2.7055434540954145 / a.num_examples_labeled as zz, a.annotator_quality as q) z
            cross join lateral (select (z.q + z.zz / 2) / (1 + z.zz) as middle,
                sqrt(z.zz * z.q * (1 - z.q) + z.zz * z.zz / 4) / (1 + z.zz) as reach) w
            where a.run_id = :run""");

    private static final String SIZES =
            PLACED + "select place, count(*), sum(num_examples_labeled) from placed group by place";

    private static final String DOTS = PLACED + """
            select annotator_id, num_examples_labeled, annotator_quality, place
            from placed
            where annotator_quality is not null and (num_examples_labeled >= :enough or :total <= :most)
            order by num_examples_labeled desc, annotator_id
            limit :most""";

    /** All to talk to, all above, then those with most labels; each with the most frequent mix-up. */
    private static final String ROWS = PLACED + """
            , shown as (
                select *
                from placed
                order by pg_catalog.array_position(array['DRIFTING', 'ONE_CLASS', 'BELOW', 'ABOVE'], place), num_examples_labeled desc, annotator_id
                limit :most)
            select s.*, m.given_label, m.consensus_label, m.num_annotations
            from shown s
            left join lateral (
                select c.given_label, c.consensus_label, c.num_annotations
                from crowdlab.annotator_confusion c
                where c.run_id = s.run_id and c.annotator_id = s.annotator_id and c.given_label <> c.consensus_label
                order by c.num_annotations desc, c.consensus_label, c.given_label
                limit 1) m on true""";

    private static final String PAST = """
            select s.annotator_id, s.run_id, s.annotator_quality
            from crowdlab.annotator_stats s
            where s.run_id = any(:runs::bigint[]) and s.annotator_id = any(:annotators::text[])
                and s.annotator_quality is not null""";

    private final JdbcClient jdbc;
    private final long runId;

    AnnotatorQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /** The annotators, with their history over these runs; who drifts, and who gives one class nearly always, is known. */
    AnnotatorFigures read(List<Long> runs, List<String> drifting, List<String> oneClass) {
        Middle middle = jdbc.sql(MIDDLE)
                .param("run", runId)
                .param("enough", AnnotatorFigures.ENOUGH)
                .query((row, number) ->
                        new Middle(row.getLong(1), middle(row, 2), middle(row, 2 + 2), drifting, oneClass))
                .single();
        Map<Group, Size> sizes = new EnumMap<>(Group.class);
        placed(SIZES, middle)
                .query((row, number) ->
                        sizes.put(Group.valueOf(row.getString(1)), new Size(row.getLong(2), row.getLong(3))))
                .list();
        List<Dot> dots = placed(DOTS, middle)
                .param("total", middle.total())
                .param("most", AnnotatorFigures.MAX_DOTS)
                .query((row, number) ->
                        new Dot(row.getString(1), row.getLong(2), row.getDouble(3), Group.valueOf(row.getString(4))))
                .list();
        List<Row> rows = placed(ROWS, middle)
                .param("most", AnnotatorFigures.MAX_ROWS)
                .query((row, number) -> row(row))
                .list();
        return new AnnotatorFigures(
                middle.total(),
                middle.quality(),
                middle.gold(),
                AnnotatorFigures.groups(sizes),
                withHistory(rows, runs),
                dots,
                runs);
    }

    /** A median, and in the next column of how many. */
    private static double middle(ResultSet row, int column) throws SQLException {
        return row.getLong(column + 1) < AnnotatorFigures.FEWEST ? Double.NaN : Columns.number(row, column);
    }

    /** How many annotators there are, and what places them. */
    private record Middle(long total, double quality, double gold, List<String> drifting, List<String> oneClass) {}

    private JdbcClient.StatementSpec placed(String query, Middle middle) {
        return jdbc.sql(query)
                .param("run", runId)
                .param("enough", AnnotatorFigures.ENOUGH)
                .param("middle", Double.isNaN(middle.quality()) ? null : middle.quality())
                .param("gold_middle", Double.isNaN(middle.gold()) ? null : middle.gold())
                .param("drifting", middle.drifting().toArray(String[]::new))
                .param("one_class", middle.oneClass().toArray(String[]::new));
    }

    private static Row row(ResultSet row) throws SQLException {
        double weight = Columns.number(row, row.findColumn("annotator_weight"));
        String given = row.getString("given_label");
        return new Row(
                row.getString("annotator_id"),
                Group.valueOf(row.getString("place")),
                interval(row, "annotator_quality", "quality_lower", "quality_upper"),
                Columns.text(row.getString("quality_reason")),
                row.getLong("num_examples_labeled"),
                Columns.number(row, row.findColumn("agreement_with_annotators")),
                row.getBoolean("agreement_imputed"),
                Columns.number(row, row.findColumn("agreement_with_consensus")),
                Columns.number(row, row.findColumn("agreement_with_model")),
                new Gold(interval(row, "gold_accuracy", "gold_lower", "gold_upper"), row.getLong("num_gold")),
                new Habits(
                        interval(row, "signed_difference", "signed_lower", "signed_upper"),
                        row.getLong("num_abstained"),
                        interval(row, "self_agreement", "self_lower", "self_upper")),
                weight,
                weight <= MIN_WEIGHT,
                given == null
                        ? Optional.empty()
                        : Optional.of(
                                new MixUp(given, row.getString("consensus_label"), row.getLong("num_annotations"))),
                List.of(),
                Columns.optionalInstant(row, "first_annotated_at"),
                Columns.optionalInstant(row, "last_annotated_at"));
    }

    private static Interval interval(ResultSet row, String value, String lower, String upper) throws SQLException {
        return new Interval(
                Columns.number(row, row.findColumn(value)),
                Columns.number(row, row.findColumn(lower)),
                Columns.number(row, row.findColumn(upper)));
    }

    private List<Row> withHistory(List<Row> rows, List<Long> runs) {
        Map<String, double[]> histories = new HashMap<>();
        jdbc.sql(PAST)
                .param("runs", runs.toArray(Long[]::new))
                .param("annotators", rows.stream().map(Row::id).toArray(String[]::new))
                .query((row, number) -> {
                    histories
                                    .computeIfAbsent(row.getString(1), id -> unknown(runs.size()))[
                                    runs.indexOf(row.getLong(2))] =
                            row.getDouble(3);
                    return number;
                })
                .list();
        return rows.stream()
                .map(row -> withHistory(row, histories.getOrDefault(row.id(), unknown(runs.size()))))
                .toList();
    }

    private static double[] unknown(int length) {
        double[] history = new double[length];
        Arrays.fill(history, Double.NaN);
        return history;
    }

    private static Row withHistory(Row row, double[] history) {
        return new Row(
                row.id(),
                row.group(),
                row.quality(),
                row.reason(),
                row.labels(),
                row.withOthers(),
                row.isImputed(),
                row.withConsensus(),
                row.withModel(),
                row.gold(),
                row.habits(),
                row.weight(),
                row.isLeast(),
                row.mixUp(),
                Collections.unmodifiableList(Arrays.stream(history).boxed().toList()),
                row.first(),
                row.last());
    }
}
