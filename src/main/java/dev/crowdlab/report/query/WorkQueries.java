package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.DoubtfulFigures;
import dev.crowdlab.report.figures.DoubtfulFigures.Doubt;
import dev.crowdlab.report.figures.NextFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads which annotations are probably wrong, and what to label next. */
final class WorkQueries {

    /** The annotations shown are chosen from this many of the worst. */
    private static final int CANDIDATES = 10_000;

    private static final String DOUBTFUL = """
            select w.example_id, w.annotator_id, w.label, w.quality_score, l.consensus_label, l.model_label,
                l.model_probability
            from (
                select d.*, pg_catalog.row_number() over (
                    partition by d.annotator_id order by d.quality_score, d.example_id) as place
                from (
                    select example_id, annotator_id, label, quality_score
                    from %2$s
                    where run_id = :run
                    order by quality_score, example_id, annotator_id
                    limit :candidates) d) w
            join %1$s l on l.run_id = :run and l.example_id = w.example_id
            where w.place <= :most_of_one
            order by w.quality_score, w.example_id, w.annotator_id
            limit :most""";

    private static final String LEFT = """
            select annotator_id, count(*)
            from %2$s
            where run_id = :run and quality_score < :last and annotator_id = any(:annotators::text[])
            group by annotator_id
            order by count(*) desc, annotator_id""";

    private static final String NEXT = """
            select s.example_id, s.num_annotations, l.consensus_label, s.score, l.model_label, l.model_probability
            from (
                select example_id, num_annotations, score
                from %3$s
                where run_id = :run
                order by score, example_id
                limit :most) s
            left join %1$s l on l.run_id = :run and l.example_id = s.example_id
            order by s.score, s.example_id""";

    private final JdbcClient jdbc;
    private final long runId;
    private final Object[] large;

    /**
     * @param large what to read label_quality, detailed_label_quality and active_learning_score from
     */
    WorkQueries(JdbcClient jdbc, long runId, List<String> large) {
        this.large = large.toArray();
        this.jdbc = jdbc;
        this.runId = runId;
    }

    DoubtfulFigures doubtful() {
        Map<String, DoubtfulFigures.Row> rows = new LinkedHashMap<>();
        for (DoubtfulFigures.Row row : jdbc.sql(DOUBTFUL.formatted(large))
                .param("run", runId)
                .param("candidates", CANDIDATES)
                .param("most_of_one", DoubtfulFigures.MAX_OF_ONE)
                .param("most", DoubtfulFigures.MAX_LABELS)
                .query((row, number) -> new DoubtfulFigures.Row(
                        row.getString(1),
                        row.getString(5),
                        Columns.model(row, 6),
                        List.of(new Doubt(row.getString(2), row.getString(3), row.getDouble(4)))))
                .list()) {
            rows.merge(row.example(), row, WorkQueries::together);
        }
        List<DoubtfulFigures.Row> shown =
                rows.values().stream().limit(DoubtfulFigures.MAX_ROWS).toList();
        return new DoubtfulFigures(
                shown, left(shown.stream().flatMap(row -> row.doubts().stream()).toList()));
    }

    /** Of the same example. */
    private static DoubtfulFigures.Row together(DoubtfulFigures.Row first, DoubtfulFigures.Row next) {
        return new DoubtfulFigures.Row(
                first.example(),
                first.consensus(),
                first.model(),
                Stream.concat(first.doubts().stream(), next.doubts().stream()).toList());
    }

    private Map<String, Long> left(List<Doubt> doubts) {
        Map<String, Long> shown = new LinkedHashMap<>();
        doubts.forEach(doubt -> shown.merge(doubt.annotator(), 1L, Long::sum));
        shown.values().removeIf(count -> count < DoubtfulFigures.MAX_OF_ONE);
        if (shown.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> left = new LinkedHashMap<>();
        jdbc.sql(LEFT.formatted(large))
                .param("run", runId)
                .param("last", doubts.stream().mapToDouble(Doubt::quality).max().orElse(0))
                .param("annotators", shown.keySet().toArray(String[]::new))
                .query((row, number) ->
                        left.put(row.getString(1), row.getLong(2) - shown.getOrDefault(row.getString(1), 0L)))
                .list();
        left.values().removeIf(count -> count <= 0);
        return left;
    }

    NextFigures next() {
        return new NextFigures(jdbc.sql(NEXT.formatted(large))
                .param("run", runId)
                .param("most", NextFigures.MAX_ROWS)
                .query((row, number) -> new NextFigures.Row(
                        row.getString(1),
                        row.getLong(2),
                        Columns.text(row.getString(3)),
                        Columns.model(row, 5),
                        row.getDouble(4)))
                .list());
    }
}
