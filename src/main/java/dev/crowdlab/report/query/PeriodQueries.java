package dev.crowdlab.report.query;

import dev.crowdlab.report.figures.AnnotatorFigures;
import dev.crowdlab.report.figures.AnnotatorFigures.Group;
import dev.crowdlab.report.figures.AnnotatorFigures.Interval;
import dev.crowdlab.report.figures.AnnotatorFigures.Row;
import dev.crowdlab.report.figures.PeriodFigures;
import dev.crowdlab.report.figures.PeriodFigures.Drop;
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

/** Reads how annotators developed: those who agree less than before, and those below the middle of the team. */
final class PeriodQueries {

    /**
     * Whose last period is marked, the largest drop first; with the first day and the share of what the mark compares.
     */
    private static final String DROPPED = """
            select annotator_id, since, now + agreement_drop, now
            from (
                select annotator_id, agreement_drop, is_drifting, first_value(period_start) over two as since,
                    sum(num_annotations * agreement_with_consensus) over two / sum(num_annotations) over two as now,
                    pg_catalog.row_number() over (partition by annotator_id order by period_start desc) as place
                from crowdlab.annotator_period
                where run_id = :run
                window two as (partition by annotator_id order by period_start rows 1 preceding)) p
            where place = 1 and is_drifting
            order by agreement_drop desc, annotator_id
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

    /** Whose last period is marked. */
    List<Drop> drops() {
        return jdbc.sql(DROPPED)
                .param("run", runId)
                .param("most", PeriodFigures.MAX_DROPS)
                .query((row, number) -> new Drop(
                        row.getString(1), row.getObject(2, LocalDate.class), row.getDouble(3), row.getDouble(4)))
                .list();
    }

    PeriodFigures read(AnnotatorFigures annotators, List<Drop> drops) {
        Set<String> shown = new LinkedHashSet<>();
        Stream.concat(
                        drops.stream().map(Drop::annotator),
                        annotators.rows().stream()
                                .filter(row -> row.group() == Group.BELOW)
                                .map(Row::id))
                .limit(PeriodFigures.MAX_ANNOTATORS)
                .forEach(shown::add);
        Map<String, List<Period>> periods = new LinkedHashMap<>();
        shown.forEach(annotator -> periods.put(annotator, new ArrayList<>()));
        jdbc.sql(PERIODS)
                .param("run", runId)
                .param("annotators", shown.toArray(String[]::new))
                .param("most", PeriodFigures.MAX_PERIODS)
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
                drops);
    }
}
