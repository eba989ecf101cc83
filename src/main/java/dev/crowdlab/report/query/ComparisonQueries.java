package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.ComparisonFigures;
import dev.crowdlab.report.figures.ComparisonFigures.Annotators;
import dev.crowdlab.report.figures.ComparisonFigures.Changed;
import dev.crowdlab.report.figures.ComparisonFigures.ClassShare;
import dev.crowdlab.report.figures.ComparisonFigures.Flow;
import dev.crowdlab.report.figures.ComparisonFigures.Labels;
import dev.crowdlab.report.figures.ComparisonFigures.Moved;
import dev.crowdlab.report.figures.ConsensusFigures.Share;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how the labels and the annotators of two runs differ. */
final class ComparisonQueries {

    /** One pass over both runs' labels; all else is counted from its pairs of classes. */
    private static final String PAIRS = """
            with pairs as materialized (
                select a.consensus_label as from_label, b.consensus_label as to_label, count(*) as examples
                from (select example_id, consensus_label from %1$s where run_id = :first) a
                full join (select example_id, consensus_label from %2$s where run_id = :second) b
                    on b.example_id = a.example_id
                group by 1, 2)
            select 'BOTH' as kind, null as from_label, null as to_label,
                coalesce(sum(examples) filter (where from_label is not null and to_label is not null), 0)::bigint,
                coalesce(sum(examples) filter (where from_label = to_label), 0)::bigint
            from pairs
            union all
            select 'ONLY', null, null, coalesce(sum(examples) filter (where to_label is null), 0)::bigint,
                coalesce(sum(examples) filter (where from_label is null), 0)::bigint
            from pairs
            union all
            select * from (
                select 'FLOW', from_label, to_label, examples, 0
                from pairs
                where from_label <> to_label
                order by examples desc, from_label, to_label
                limit :flows) f
            union all
            select * from (
                select 'CLASS', label, null, sum(before)::bigint, sum(after)::bigint
                from (
                    select from_label as label, examples as before, 0 as after from pairs where from_label is not null
                    union all
                    select to_label, 0, examples from pairs where to_label is not null) c
                group by label
                order by greatest(sum(before), sum(after)) desc, label
                limit :classes) s""";

    private static final String CHANGED = """
            select a.example_id, a.consensus_label, a.consensus_quality_score, b.consensus_label, b.consensus_quality_score
            from %1$s a
            join %2$s b on b.example_id = a.example_id
            where a.run_id = :first and b.run_id = :second and a.consensus_label <> b.consensus_label
            order by least(a.consensus_quality_score, b.consensus_quality_score) desc, a.example_id
            limit :most""";

    /** The difference of two values has an interval from the distances to the ends of their intervals. */
    private static final String MOVED = """
            with joined as materialized (
                select coalesce(a.annotator_id, b.annotator_id) as annotator_id, a.annotator_id is not null as in_first,
                    b.annotator_id is not null as in_second, a.num_examples_labeled as labels_before,
                    b.num_examples_labeled as labels_after, a.num_gold as gold_before, b.num_gold as gold_after,
                    a.annotator_quality as q1, a.quality_lower as l1, a.quality_upper as u1,
                    b.annotator_quality as q2, b.quality_lower as l2, b.quality_upper as u2,
                    a.gold_accuracy as gq1, a.gold_lower as gl1, a.gold_upper as gu1,
                    b.gold_accuracy as gq2, b.gold_lower as gl2, b.gold_upper as gu2
                from (select * from crowdlab.annotator_stats where run_id = :first) a
                full join (select * from crowdlab.annotator_stats where run_id = :second) b
                    on b.annotator_id = a.annotator_id),
            counted as (
                select count(*) filter (where in_first and in_second) as both, count(*) filter (where not in_second) as first_only,
                    count(*) filter (where not in_first) as second_only,
                    count(*) filter (where least(gold_before, gold_after) >= :enough) >= :fewest as by_gold
                from joined),
            valued as (
                select annotator_id, labels_before, labels_after, case when by_gold then gq1 else q1 end as v1,
                    case when by_gold then gl1 else l1 end as l1, case when by_gold then gu1 else u1 end as u1,
                    case when by_gold then gq2 else q2 end as v2, case when by_gold then gl2 else l2 end as l2,
                    case when by_gold then gu2 else u2 end as u2
                from joined
                cross join counted
                where in_first and in_second and case when by_gold then least(gold_before, gold_after)
                    else least(labels_before, labels_after) end >= :enough),
            moved as (
                select *, case when v2 - v1 - sqrt((v2 - l2) ^ 2 + (u1 - v1) ^ 2) > 0 then 1
                    when v2 - v1 + sqrt((u2 - v2) ^ 2 + (v1 - l1) ^ 2) < 0 then -1 else 0 end as direction
                from valued
                where v1 is not null and v2 is not null),
            totals as (
                select count(*) as compared, count(*) filter (where direction > 0) as risen,
                    count(*) filter (where direction < 0) as fallen
                from moved)
            select c.both, c.first_only, c.second_only, c.by_gold, t.compared, t.risen, t.fallen, m.annotator_id, m.v1,
                m.l1, m.u1, m.labels_before, m.v2, m.l2, m.u2, m.labels_after
            from counted c
            cross join totals t
            left join moved m on m.v1 <> m.v2
            order by abs(m.direction) desc, abs(m.v2 - m.v1) desc, m.annotator_id
            limit :most""";

    private final JdbcClient jdbc;
    private final long first;
    private final long second;

    ComparisonQueries(JdbcClient jdbc, long first, long second) {
        this.jdbc = jdbc;
        this.first = first;
        this.second = second;
    }

    /** What the labels of two runs have in common, and the shares of their classes. */
    record Compared(Labels labels, List<ClassShare> shares) {}

    /**
     * The labels of both.
     *
     * @param relations what to read label_quality from, of each run
     */
    Compared labels(List<String> relations) {
        List<Flow> flows = new ArrayList<>();
        List<ClassShare> shares = new ArrayList<>();
        long[] both = new long[2];
        long[] only = new long[2];
        jdbc.sql(PAIRS.formatted(relations.toArray()))
                .param("first", first)
                .param("second", second)
                .param("flows", ComparisonFigures.MAX_FLOWS)
                .param("classes", ComparisonFigures.MAX_CLASSES)
                .query((row, number) -> switch (row.getString(1)) {
                    case "FLOW" -> flows.add(new Flow(row.getString(2), row.getString(3), row.getLong(4)));
                    case "CLASS" -> shares.add(new ClassShare(row.getString(2), row.getLong(4), row.getLong(5)));
                    default -> {
                        long[] counts = row.getString(1).equals("BOTH") ? both : only;
                        counts[0] = row.getLong(4);
                        counts[1] = row.getLong(5);
                        yield true;
                    }
                })
                .list();
        List<Changed> changed = both[0] == both[1] ? List.of() : changed(relations);
        return new Compared(new Labels(both[0], both[1], only[0], only[1], List.copyOf(flows), changed), shares);
    }

    private List<Changed> changed(List<String> relations) {
        return jdbc.sql(CHANGED.formatted(relations.toArray()))
                .param("first", first)
                .param("second", second)
                .param("most", ComparisonFigures.MAX_CHANGED)
                .query((row, number) -> new Changed(
                        row.getString(1), row.getString(2), row.getDouble(3), row.getString(4), row.getDouble(5)))
                .list();
    }

    /** The annotators of both. */
    Annotators annotators() {
        List<Moved> moved = new ArrayList<>();
        List<Annotators> found = jdbc.sql(MOVED)
                .param("first", first)
                .param("second", second)
                .param("enough", AnnotatorFigures.ENOUGH)
                .param("fewest", AnnotatorFigures.FEWEST)
                .param("most", ComparisonFigures.MAX_ANNOTATORS)
                .query((row, number) -> {
                    if (row.getString("annotator_id") != null) {
                        moved.add(moved(row));
                    }
                    return annotators(row, moved);
                })
                .list();
        return found.get(found.size() - 1);
    }

    private static Annotators annotators(ResultSet row, List<Moved> moved) throws SQLException {
        return new Annotators(
                row.getLong("both"),
                row.getLong("first_only"),
                row.getLong("second_only"),
                row.getBoolean("by_gold"),
                row.getLong("compared"),
                row.getLong("risen"),
                row.getLong("fallen"),
                List.copyOf(moved));
    }

    private static Moved moved(ResultSet row) throws SQLException {
        return new Moved(
                row.getString("annotator_id"),
                share(row, "v1", "l1", "u1"),
                row.getLong("labels_before"),
                share(row, "v2", "l2", "u2"),
                row.getLong("labels_after"));
    }

    private static Share share(ResultSet row, String... columns) throws SQLException {
        return new Share(
                Columns.number(row, row.findColumn(columns[0])),
                Columns.number(row, row.findColumn(columns[1])),
                Columns.number(row, row.findColumn(columns[2])));
    }
}
