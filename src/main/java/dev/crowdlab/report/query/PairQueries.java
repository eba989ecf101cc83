package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.PairFigures;
import dev.crowdlab.report.figures.PairFigures.Pair;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads who agrees with whom. */
final class PairQueries {

    /** With fewer examples in common nobody is said to give opposite labels. */
    private static final int ENOUGH = 30;

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

    /** The upper end is that of a 90 % interval by Wilson. Of the two that has the lower quality comes first. */
    private static final String OPPOSITE = """
            select case when a.annotator_quality <= b.annotator_quality then p.annotator_a else p.annotator_b end,
                case when a.annotator_quality <= b.annotator_quality then p.annotator_b else p.annotator_a end,
                p.num_common, p.num_agreed
            from (
                select annotator_a, annotator_b, num_common, num_agreed, num_agreed::double precision / num_common as share,
                    2.7055434540954145::double precision / num_common as zz
                from crowdlab.annotator_pair
                where run_id = :run and num_common >= :enough) p
            cross join lateral (
                select (p.share + p.zz / 2 + sqrt(p.zz * p.share * (1 - p.share) + p.zz * p.zz / 4)) / (1 + p.zz) as upper) w
            join crowdlab.annotator_stats a on a.run_id = :run and a.annotator_id = p.annotator_a
            join crowdlab.annotator_stats b on b.run_id = :run and b.annotator_id = p.annotator_b
            where w.upper < :chance
            order by w.upper, p.num_common desc, p.annotator_a, p.annotator_b
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
                .param("enough", ENOUGH)
                .param("chance", chance)
                .query((row, number) -> new Pair(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .optional();
    }
}
