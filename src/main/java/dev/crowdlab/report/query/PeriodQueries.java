package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.PeriodFigures;
import dev.crowdlab.report.figures.PeriodFigures.Period;
import dev.crowdlab.report.figures.PeriodFigures.Series;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how annotators developed: those who changed, and those below the middle of the team. */
final class PeriodQueries {

    /**
     * Those whose last two periods lie apart from all before: the 90 % intervals, by Wilson, of both have nothing in common. The
     * largest change first.
     */
    private static final String CHANGED = """
            select annotator_id
            from (
                select annotator_id, is_last, sum(num_annotations)::double precision as n,
                    sum(num_annotations * mean_quality_score) / sum(num_annotations) as quality
                from (
                    select annotator_id, num_annotations, mean_quality_score, pg_catalog.row_number() over (
                        partition by annotator_id order by period_start desc) <= 2 as is_last
                    from crowdlab.annotator_period
                    where run_id = :run) p
                group by annotator_id, is_last) s
            cross join lateral (select 2.7055434540954145 / s.n as zz) z
            cross join lateral (select (s.quality + z.zz / 2) / (1 + z.zz) as middle,
                sqrt(z.zz * s.quality * (1 - s.quality) + z.zz * z.zz / 4) / (1 + z.zz) as reach) w
            group by annotator_id
            having min(s.n) >= :enough and count(*) = 2
                and (max(w.middle + w.reach) filter (where is_last) < max(w.middle - w.reach) filter (where not is_last)
                    or max(w.middle - w.reach) filter (where is_last) > max(w.middle + w.reach) filter (where not is_last))
            order by abs(max(s.quality) - min(s.quality)) desc, annotator_id
            limit :most""";

    private static final String PERIODS = """
            select annotator_id, period_start, num_annotations, mean_quality_score, quality_lower, quality_upper
            from (
                select p.*, pg_catalog.row_number() over (partition by annotator_id order by period_start desc) as place
                from crowdlab.annotator_period p
                where run_id = :run and annotator_id = any(:annotators::text[])) p
            where place <= :most
            order by annotator_id, period_start""";

    private final JdbcClient jdbc;
    private final long runId;

    PeriodQueries(JdbcClient jdbc, long runId) {
        this.jdbc = jdbc;
        this.runId = runId;
    }

    PeriodFigures read(AnnotatorFigures annotators) {
        List<String> changed = jdbc.sql(CHANGED)
                .param("run", runId)
                .param("enough", AnnotatorFigures.ENOUGH)
                .param("most", PeriodFigures.MOST_ANNOTATORS)
                .query((row, number) -> row.getString(1))
                .list();
        Set<String> shown = new LinkedHashSet<>();
        Stream.concat(
                        changed.stream(),
                        annotators.rows().stream()
                                .filter(row -> row.group() == Group.BELOW)
                                .map(Row::id))
                .limit(PeriodFigures.MOST_ANNOTATORS)
                .forEach(shown::add);
        Map<String, List<Period>> periods = new LinkedHashMap<>();
        shown.forEach(annotator -> periods.put(annotator, new ArrayList<>()));
        jdbc.sql(PERIODS)
                .param("run", runId)
                .param("annotators", shown.toArray(String[]::new))
                .param("most", PeriodFigures.MOST_PERIODS)
                .query((row, number) -> periods.getOrDefault(row.getString(1), new ArrayList<>())
                        .add(new Period(
                                row.getObject(2, LocalDate.class),
                                row.getLong(3),
                                new Interval(row.getDouble(4), row.getDouble(5), row.getDouble(6)))))
                .list();
        periods.values().removeIf(list -> list.size() < 2);
        return new PeriodFigures(
                periods.entrySet().stream()
                        .map(entry -> new Series(entry.getKey(), List.copyOf(entry.getValue())))
                        .toList(),
                changed.stream().filter(periods::containsKey).toList());
    }
}
