package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AnnotatorFigures.Size;
import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.OneClass;
import dev.crowdlab.report.figures.PairFigures.Opposite;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.run.AgreementMetrics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads who agrees with whom. */
final class PairQueries {

    private static final String ANNOTATORS = """
            select annotator_id
            from (
                select annotator_id, annotator_quality
                from crowdlab.annotator_stats
                where run_id = :run
                order by num_examples_labeled desc, annotator_id
                limit :most) a
            order by annotator_quality desc nulls last, annotator_id""";

    private static final String PAIRS = """
            select annotator_a, annotator_b, num_common, num_agreed
            from crowdlab.annotator_pair
            where run_id = :run and annotator_a = any(:annotators::text[]) and annotator_b = any(:annotators::text[])
            order by annotator_a, annotator_b""";

    /** Who gave one class nearly always, by the rule of finding ONE_CLASS_ANNOTATORS. */
    private static final String ONE_CLASS = """
            with given as (
                select annotator_id, given_label, sum(num_annotations) as given,
                    sum(sum(num_annotations)) over (partition by annotator_id) as total
                from crowdlab.annotator_confusion
                where run_id = :run
                group by annotator_id, given_label),
            one_class as (
                select g.annotator_id, g.given_label, g.given, g.total, c.agreed
                from given g
                cross join lateral (
                    select coalesce(sum(c.num_annotations), 0) as agreed
                    from crowdlab.annotator_confusion c
                    where c.run_id = :run and c.annotator_id = g.annotator_id and c.consensus_label = g.given_label) c
                where g.total >= 30 and 100 * g.given >= 95 * g.total and 100 * c.agreed < 80 * g.total)""";

    private static final String MAX_ONE_CLASS = ONE_CLASS + """

            select annotator_id, given_label, given, total, count(*) over (), sum(total) over ()
            from one_class
            order by total desc, annotator_id
            limit :most""";

    /** The first that finding OPPOSITE_LABELS names, by its rule. */
    private static final String OPPOSITE = """
            with compared as (
                select annotator_a, annotator_b, num_common, num_agreed, num_agreed::double precision / num_common as share,
                    cohen_kappa, 2 * ln(count(*) over () / 0.1::double precision) / num_common as zz
                from crowdlab.annotator_pair
                where run_id = :run and num_common >= :enough),
            mean as (
                select annotator_id, sum(num_common * cohen_kappa) / sum(num_common) as kappa
                from compared
                cross join lateral (values (annotator_a), (annotator_b)) as a (annotator_id)
                where cohen_kappa is not null
                group by annotator_id),
            directed as (
                select case when a.kappa <= b.kappa then p.annotator_a else p.annotator_b end as named,
                    case when a.kappa <= b.kappa then p.annotator_b else p.annotator_a end as partner,
                    p.num_common, p.num_agreed, p.share, p.zz, (p.share - p.cohen_kappa) / (1 - p.cohen_kappa) as chance
                from compared p
                join mean a on a.annotator_id = p.annotator_a
                join mean b on b.annotator_id = p.annotator_b
                where p.cohen_kappa < 0)
            select named, partner, num_common, num_agreed, chance
            from directed
            where (share + zz / 2 + sqrt(zz * share * (1 - share) + zz * zz / 4)) / (1 + zz) < chance
            order by share - chance, 1, 2
            limit 1""";

    private final JdbcClient jdbc;
    private final long runId;

    PairQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    PairFigures read() {
        List<String> annotators = jdbc.sql(ANNOTATORS)
                .param("run", runId)
                .param("most", PairFigures.MAX_ANNOTATORS)
                .query((row, number) -> row.getString(1))
                .list();
        List<Pair> pairs = jdbc.sql(PAIRS)
                .param("run", runId)
                .param("annotators", annotators.toArray(String[]::new))
                .query((row, number) -> new Pair(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .list();
        Found found = oneClass();
        return pairs.isEmpty()
                ? new PairFigures(List.of(), List.of(), Optional.empty(), found.first(), found.size())
                : new PairFigures(annotators, pairs, opposite(), found.first(), found.size());
    }

    private record Found(List<OneClass> first, Size size) {}

    private Found oneClass() {
        Size[] size = {new Size(0, 0)};
        List<OneClass> first = jdbc.sql(MAX_ONE_CLASS)
                .param("run", runId)
                .param("most", PairFigures.MAX_ONE_CLASS)
                .query((row, number) -> {
                    size[0] = new Size(row.getLong(5), row.getLong(6));
                    return new OneClass(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4));
                })
                .list();
        return new Found(first, size[0]);
    }

    private Optional<Opposite> opposite() {
        return jdbc.sql(OPPOSITE)
                .param("run", runId)
                .param("enough", AgreementMetrics.MIN_COMMON)
                .query((row, number) -> opposite(row))
                .optional();
    }

    private static Opposite opposite(ResultSet row) throws SQLException {
        return new Opposite(
                new Pair(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)), row.getDouble(5));
    }
}
