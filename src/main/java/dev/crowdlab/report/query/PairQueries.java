package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.Pair;
import dev.crowdlab.run.AgreementMetrics;
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

    /** The first that finding OPPOSITE_LABELS names, by its rule. */
    private static final String OPPOSITE = """
            with compared as (
                select annotator_a, annotator_b, num_common, num_agreed, num_agreed::double precision / num_common as share,
                    :chance * num_common - num_agreed as gap, 2 * ln(count(*) over () / 0.1::double precision) / num_common as zz
                from crowdlab.annotator_pair
                where run_id = :run and num_common >= :enough),
            gaps as (
                select annotator_id, sum(gap) / sum(num_common) as gap
                from compared
                cross join lateral (values (annotator_a), (annotator_b)) as a (annotator_id)
                group by annotator_id)
            select case when a.gap >= b.gap then p.annotator_a else p.annotator_b end,
                case when a.gap >= b.gap then p.annotator_b else p.annotator_a end,
                p.num_common, p.num_agreed
            from compared p
            join gaps a on a.annotator_id = p.annotator_a
            join gaps b on b.annotator_id = p.annotator_b
            where (p.share + p.zz / 2 + sqrt(p.zz * p.share * (1 - p.share) + p.zz * p.zz / 4)) / (1 + p.zz) < :chance
            order by p.share, 1, 2
            limit 1""";

    private final JdbcClient jdbc;
    private final long runId;

    PairQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    /** The pairs; guessing gives the same label with this chance. */
    PairFigures read(double chance) {
        List<String> annotators = jdbc.sql(ANNOTATORS)
                .param("run", runId)
                .param("most", PairFigures.MOST_ANNOTATORS)
                .query((row, number) -> row.getString(1))
                .list();
        List<Pair> pairs = jdbc.sql(PAIRS)
                .param("run", runId)
                .param("annotators", annotators.toArray(String[]::new))
                .query((row, number) -> new Pair(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .list();
        return pairs.isEmpty() ? PairFigures.NONE : new PairFigures(annotators, pairs, opposite(chance));
    }

    private Optional<Pair> opposite(double chance) {
        return jdbc.sql(OPPOSITE)
                .param("run", runId)
                .param("enough", AgreementMetrics.LEAST_COMMON)
                .param("chance", chance)
                .query((row, number) -> new Pair(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .optional();
    }
}
